import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { modelRoles, type ModelRole, type Question } from "../src/flow/proposals/question.ts";
import { portfolioSchema } from "../src/flow/proposals/portfolio-schema.ts";
import { readPortfolio } from "../src/flow/proposals/read-portfolio.ts";
import type { Budget } from "../src/ports/budget.ts";
import type { Provider, ProviderAsk, ProviderReply } from "../src/ports/provider.ts";
import { ModelGateway } from "../src/runtime/models/model-gateway.ts";
import { ModelMetrics } from "../src/adapters/prometheus/model-metrics.ts";
import type { RolePolicy } from "../src/runtime/models/role-policy.ts";
import { sleep } from "../src/adapters/system-time/sleep.ts";
import { countO200k } from "../src/adapters/o200k/count-o200k.ts";
import { accountId, correlationId, deskId } from "../src/words/ids.ts";
import { invariant } from "../src/words/invariant.ts";
import { money, zeroMoney } from "../src/words/money.ts";
import { err, ok } from "../src/words/result.ts";
import { paired, row } from "./paired.ts";

/**
 * What the gateway adds to a call: breaker, request rate, budget (in memory: a ledger on disk adds its own commit), deadline, reader and
 * metrics, over a loopback server that answers at once. The peer is a plain `fetch` of the same request. Each call of the gateway is
 * also timed inside, around the wire, so that what is beyond it is known call by call and not as a difference of two noisy medians.
 * On a busy machine the slowest calls are those that waited for a core, on either side: the quietest block of 250 calls shows our own.
 */
const calls = 2_000;
const warmups = 200;

const decision = (at: number) => ({
  symbol: `A${at}USDT`,
  action: "hold",
  allocation_usd: 0,
  tp_price: null,
  sl_price: null,
  exit_plan: "Leave when the four-hour close is below the slower average, or at the stop, whichever comes first.",
  rationale: "Trend and funding disagree; the range of the last day is narrower than what a trade would have to earn.",
  confidence: 0.55,
  risk_level: "low",
});
const answer = JSON.stringify({
  decisions: Array.from({ length: 9 }, (_, at) => decision(at)),
  rationale: "Nothing is worth its cost today.",
  total_allocation_usd: 0,
  risk_level: "low",
});
invariant(answer.length > 2_800 && answer.length < 3_400, `the answer has about 3 KB, not ${answer.length}`);
const read = readPortfolio(answer);
invariant(read.ok, "the answer reads");

const usage = { prompt_tokens: 3_000, completion_tokens: 800 };
const body = JSON.stringify({
  id: "x",
  object: "chat.completion",
  choices: [{ index: 0, message: { role: "assistant", content: answer } }],
  usage,
});
const server = createServer((request, response) => {
  request.resume();
  request.on("end", () => response.writeHead(200, { "content-type": "application/json" }).end(body));
});
await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1/chat/completions`;

async function wire(ask: Pick<ProviderAsk, "model" | "system" | "user">, signal?: AbortSignal): Promise<string> {
  const messages = [
    { role: "system", content: ask.system },
    { role: "user", content: ask.user },
  ];
  const sent = { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify({ model: ask.model, messages }) };
  const response = await fetch(url, { ...sent, ...(signal === undefined ? {} : { signal }) });
  const reply = (await response.json()) as { choices: [{ message: { content: string } }] };
  return reply.choices[0].message.content;
}

let wireMs = 0;
const provider: Provider = {
  name: "loop",
  async ask(ask, signal): Promise<ProviderReply> {
    const started = performance.now();
    const text = await wire(ask, signal);
    wireMs = performance.now() - started;
    return { kind: "text", text, cut: false, usage: { tokensIn: 3_000, tokensCached: 0, tokensOut: 800, tokensReasoning: 0 } };
  },
};

const budget: Budget = { reserve: () => ok(undefined), settle: () => undefined, release: () => undefined };
const policy: RolePolicy = { fallbacks: [], deadlineMs: 60_000, retriesMax: 2, outputTokensMax: 4_000, refusalFallsBack: false };
const roles = Object.fromEntries(modelRoles.map((role) => [role, policy])) as Record<ModelRole, RolePolicy>;
const dollars = money("1");
const gatewayOf = () =>
  new ModelGateway({
    clock: { now: () => Temporal.Now.instant() },
    sleep,
    budget,
    providers: new Map([
      ["loop", { provider, kind: "openai-compatible", requestsPerMinuteMax: 100_000, breaker: { failuresMax: 5, openMs: 30_000 } }],
    ]),
    roles,
    readers: {
      [portfolioSchema.name]: (text) => {
        const reply = readPortfolio(text);
        return reply.ok ? reply : err({ code: reply.error.code, detail: "unreadable" });
      },
    },
    capabilityOf: () => ({ known: true, temperature: true, seed: true, nativeSchema: true, efforts: [], outputTokensMax: 8_000 }),
    priceOf: () => ({
      inputPerMTok: dollars,
      cachedInputPerMTok: dollars,
      outputPerMTok: dollars,
      reasoningPerMTok: dollars,
      from: "2026-01-01",
      source: "bench",
    }),
    house: { ask: () => ({ outcome: "provider_error", detail: "", latencyMs: 0, tokensIn: 0, tokensOut: 0, cost: zeroMoney }) },
    backoff: { firstMs: 500, mostMs: 8_000 },
    random: Math.random,
    countTokens: countO200k,
    watch: new ModelMetrics(),
  });

/** About 6 KB of numbers in tables, as the perps desk's question about five assets has; no two are the same. */
function questionAt(n: number): Question {
  const rows = Array.from(
    { length: 75 },
    (_, at) =>
      `A${at % 5}USDT,1h,${(42_000 + n * 7.31 + at * 3.17).toFixed(2)},rsi=${(n * 0.37 + at) % 100},ema=${(41_000 + at * 9.99).toFixed(2)},atr=${(at * 1.7).toFixed(3)}`,
  );
  const user = `TIME ${n}\nCLOSES symbol,interval,closes\n${rows.join("\n")}`;
  const system = "You propose positions in perpetual futures, and never more than you are allowed to.\n".repeat(25);
  return {
    role: "trader",
    model: "loop/m",
    prompt: "bench@1",
    system,
    user,
    schema: portfolioSchema,
    deadlineMs: 60_000,
    outputTokensMax: 2_000,
  };
}

const at = (sorted: readonly number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
const ascending = (of: readonly number[]): readonly number[] => [...of].sort((left, right) => left - right);
const block = 250;
function spread(name: string, of: readonly number[]): string {
  const sorted = ascending(of);
  const blocks = Array.from({ length: of.length / block }, (_, n) => at(ascending(of.slice(n * block, (n + 1) * block)), 0.99));
  const quietest = Math.min(...blocks);
  return `${name.padEnd(26)} p50 ${at(sorted, 0.5).toFixed(3)} ms  p99 ${at(sorted, 0.99).toFixed(3)} ms  p99 of the quietest block ${quietest.toFixed(3)} ms`;
}

const gateway = gatewayOf();
const [beyond, whole, peer]: [number[], number[], number[]] = [[], [], []];
for (let n = -warmups; n < calls; n++) {
  const question = questionAt(n + warmups);
  const asking = { account: accountId("bench"), desk: deskId("perps"), correlation: correlationId(`scan-${n + warmups}`) };
  const started = performance.now();
  const asked = await gateway.ask(question, asking);
  const took = performance.now() - started;
  invariant(asked.outcome === "ok", `the gateway answers, not ${asked.outcome}`);
  const plainStarted = performance.now();
  const text = await wire({ model: "m", system: question.system, user: question.user });
  const plain = performance.now() - plainStarted;
  invariant(text === answer && asked.text === answer, "both got the answer");
  if (n < 0) continue;
  beyond.push(took - wireMs);
  whole.push(took);
  peer.push(plain);
}
console.log(spread("gateway beyond the wire", beyond));
console.log(spread("  whole call", whole));
console.log(spread("  peer: plain fetch", peer));
server.close();
server.closeAllConnections();

const reader = paired(
  { name: "readPortfolio", run: () => readPortfolio(answer), check: (result) => invariant(result.ok, "the answer reads") },
  { name: "JSON.parse", run: (): unknown => JSON.parse(answer), check: (result) => invariant(result !== null, "it parses") },
  1,
);
console.log(row(`reader of ${answer.length} bytes, peer JSON.parse`, reader));
