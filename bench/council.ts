import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { HouseModel } from "../src/adapters/house-model/house-model.ts";
import { councilPlan } from "../src/bin/council-plan.ts";
import { openModels } from "../src/bin/open-models.ts";
import { askedModels } from "../src/bin/run-council.ts";
import { loadConfig } from "../src/config/load-config.ts";
import { chairSchema, pitchSchema, researchSchema, reviewSchema } from "../src/flow/proposals/council-schemas.ts";
import type { AnswerSchema, Question } from "../src/flow/proposals/question.ts";
import { MemoryJournal } from "../src/journal/memory-store.ts";
import { runSimulation } from "../src/lab/backtest.ts";
import type { Model } from "../src/ports/model.ts";
import { etfMarket } from "../src/sim/market/etf-market.ts";
import { startModelServer } from "../src/sim/models/model-server.ts";
import { parseFaults } from "../src/sim/models/fault.ts";
import type { PolicyQuestion } from "../src/sim/models/stand-in.ts";
import { invariant } from "../src/words/invariant.ts";

/**
 * A council's meeting over the stand-in server, whose every answer takes 300 ms: two analysts, five pitches, five reviews and a chairman, through
 * the gateway, its process and its ledger. The critical path is the slowest call of each of the four rounds, as the gateway saw it; the wall is
 * from the first question to the chairman's answer. Asked one after the other the same calls would take the sum.
 */
const answerMs = 300;
const meetings = 6;
const bound = 1.05;

const house = new HouseModel();
const shapes: readonly (readonly [table: string, schema: AnswerSchema])[] = [
  ["PACK ", researchSchema],
  ["MEMBER ", pitchSchema],
  ["RUBRIC ", reviewSchema],
  ["RANKED ", chairSchema],
];
function policy({ system, user, model }: PolicyQuestion): string | undefined {
  const schema = shapes.find(([table]) => user.split("\n").some((line) => line.startsWith(table)))?.[1];
  invariant(schema !== undefined, "the question is one of a meeting");
  const answer = house.ask({ role: "pm", model, prompt: "bench", system, user, schema, deadlineMs: 1, outputTokensMax: 1 });
  return answer.outcome === "ok" ? answer.text : undefined;
}

const faults = parseFaults(`latency:${answerMs}ms`);
invariant(faults.ok, "the fault is one of the stand-in's");
const server = await startModelServer({ policy, faults: faults.value, keyless: true });
const set = [
  "council.researchA=local/a",
  "council.researchB=local/b",
  "council.chairman=local/chair",
  ...["one", "two", "three", "four", "five"].map((seat) => `council.members.${seat}.model=local/${seat}`),
  "models.providers.local.kind=openai-compatible",
  `models.providers.local.baseUrl=${server.url}/v1`,
  "models.budgets.callsPerScanMax=20",
];
const loaded = loadConfig({ set });
if (!loaded.ok) throw new Error(JSON.stringify(loaded.error));

type Call = { readonly round: string; readonly startMs: number; readonly endMs: number };
const calls: Call[] = [];
const plan = councilPlan(loaded.value, etfMarket("1", 2 + 5 * (meetings - 1)), new MemoryJournal());
const open = openModels(
  loaded.value,
  askedModels(plan.settings),
  () => undefined,
  join(mkdtempSync(join(tmpdir(), "council-")), "spend.journal"),
);
const timed: Model = {
  async ask(question: Question, asking) {
    const startMs = performance.now();
    const answer = await open.model.ask(question, asking);
    invariant(answer.outcome === "ok", `every member answers, not ${answer.outcome}: ${"detail" in answer ? answer.detail : ""}`);
    calls.push({ round: question.schema.name, startMs, endMs: performance.now() });
    return answer;
  },
};
// What a meeting brings is not traded here: nobody answers, so that nothing but meetings is timed.
await runSimulation({ ...plan, model: timed });
await open.close();
await server.close();

const perMeeting = 13;
invariant(calls.length === meetings * perMeeting, `${meetings} meetings have ${perMeeting} calls each, not ${calls.length} in all`);
const rows = Array.from({ length: meetings }, (_, at) => {
  const own = calls.slice(at * perMeeting, (at + 1) * perMeeting);
  const rounds = [...new Set(own.map(({ round }) => round))];
  const critical = rounds.reduce(
    (sum, round) => sum + Math.max(...own.filter((call) => call.round === round).map(({ startMs, endMs }) => endMs - startMs)),
    0,
  );
  const wall = Math.max(...own.map(({ endMs }) => endMs)) - Math.min(...own.map(({ startMs }) => startMs));
  return { wall, critical, sum: own.reduce((all, { startMs, endMs }) => all + endMs - startMs, 0), rounds: rounds.length };
}).slice(1);
invariant(
  rows.every(({ rounds }) => rounds === 4),
  "a meeting has four rounds",
);
const median = (of: readonly number[]): number => [...of].sort((a, b) => a - b)[of.length >> 1] ?? Number.NaN;
const [wall, critical, sum] = [
  median(rows.map((row) => row.wall)),
  median(rows.map((row) => row.critical)),
  median(rows.map((row) => row.sum)),
];
const ratio = median(rows.map((row) => row.wall / row.critical));
console.log(
  `council meeting, ${perMeeting} answers of ${answerMs} ms: wall ${wall.toFixed(0)} ms, critical path ${critical.toFixed(0)} ms, one after the other ${sum.toFixed(0)} ms`,
);
console.log(
  `wall to critical path ${ratio.toFixed(3)} (at most ${bound}), to four answers of ${answerMs} ms alone ${(wall / (4 * answerMs)).toFixed(3)}`,
);
if (ratio > bound) process.exitCode = 1;
