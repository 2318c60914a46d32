import type { ModelRole, Question } from "../../../src/flow/proposals/question.ts";
import type { Capability, Price } from "../../../src/ports/known-model.ts";
import type { Asking } from "../../../src/ports/model.ts";
import { countO200k } from "../../../src/adapters/o200k/count-o200k.ts";
import type { GatewayParts } from "../../../src/runtime/models/gateway-parts.ts";
import { ModelGateway } from "../../../src/runtime/models/model-gateway.ts";
import type { RolePolicy } from "../../../src/runtime/models/role-policy.ts";
import { accountId, correlationId, deskId } from "../../../src/words/ids.ts";
import { money, zeroMoney } from "../../../src/words/money.ts";
import { err, ok } from "../../../src/words/result.ts";
import { FakeTime } from "./fake-time.ts";
import { OpenBook } from "./open-book.ts";
import { ScriptedProvider, type Step } from "./scripted-provider.ts";

// The encoding's tables are loaded in real time, which a clock that only moves when told to does not wait for.
await countO200k("");

export const question: Question = {
  role: "trader",
  model: "one/alpha",
  prompt: "perps.trader@1",
  system: "You are careful.",
  user: "What now?",
  schema: { name: "portfolio@1", json: { type: "object" } },
  deadlineMs: 10_000,
  outputTokensMax: 1_000,
};
export const asking: Asking = { account: accountId("paper"), desk: deskId("perps"), correlation: correlationId("scan-1") };

const policy: RolePolicy = { fallbacks: [], deadlineMs: 20_000, retriesMax: 2, outputTokensMax: 4_000, refusalFallsBack: false };

export const able: Capability = {
  known: true,
  temperature: true,
  seed: true,
  nativeSchema: true,
  efforts: ["low"],
  outputTokensMax: 8_000,
};
export const price: Price = {
  inputPerMTok: money("2"),
  cachedInputPerMTok: money("0.5"),
  outputPerMTok: money("10"),
  reasoningPerMTok: money("10"),
  from: "2026-01-01",
  source: "test",
};

export type Wish = Partial<RolePolicy> & {
  readonly steps?: readonly Step[];
  readonly second?: readonly Step[];
  readonly requestsPerMinuteMax?: number;
  readonly kind?: string;
  readonly parts?: Partial<GatewayParts>;
};

/** A gateway over two scripted providers, `one` and `two`; every answer that begins with `{` is read. */
export function aGateway({ steps = [], second = [], requestsPerMinuteMax, kind = "openai-compatible", parts = {}, ...wished }: Wish) {
  const time = new FakeTime();
  const one = new ScriptedProvider("one", time, steps);
  const two = new ScriptedProvider("two", time, second);
  const book = new OpenBook();
  const role = { ...policy, ...wished };
  const breaker = { failuresMax: 3, openMs: 30_000 };
  const roles: Record<ModelRole, RolePolicy> = { trader: role, arbiter: role, pm: role, reviewer: role, chairman: role, research: role };
  const notices: string[] = [];
  const gateway = new ModelGateway({
    clock: time.clock,
    sleep: time.sleep,
    budget: book,
    providers: new Map([
      ["one", { provider: one, kind, breaker, ...(requestsPerMinuteMax === undefined ? {} : { requestsPerMinuteMax }) }],
      ["two", { provider: two, kind: "openai-compatible", breaker }],
    ]),
    roles,
    readers: { "portfolio@1": (text) => (text.startsWith("{") ? ok(text) : err({ code: "not_json", detail: `no object in ${text}` })) },
    capabilityOf: () => able,
    priceOf: () => price,
    countTokens: countO200k,
    house: { ask: () => ({ outcome: "ok", text: "{house}", latencyMs: 0, tokensIn: 1, tokensOut: 1, cost: zeroMoney }) },
    backoff: { firstMs: 1_000, mostMs: 8_000 },
    random: () => 0.5,
    onNotice: (text) => notices.push(text),
    ...parts,
  });
  const ask = (of: Partial<Question> = {}, by: Partial<Asking> = {}) =>
    time.until(Promise.resolve(gateway.ask({ ...question, ...of }, { ...asking, ...by })));
  /** Provider waits are timers too; these are the waits of the gateway itself. */
  return { gateway, time, one, two, book, ask, notices };
}
