import { existsSync, mkdirSync } from "node:fs";
import type { Loaded } from "../config/config.ts";
import { MemoryJournal } from "../journal/memory-store.ts";
import { runCouncil, type SeatRun } from "../lab/council/council-run.ts";
import type { CouncilSettings } from "../desks/council-settings.ts";
import type { Window } from "./backtest-history.ts";
import { storedFunds, syntheticFunds } from "./council-history.ts";
import { personOf } from "./council-person.ts";
import { councilPlan } from "./council-plan.ts";
import { councilResult } from "./council-result.ts";
import { Failed } from "./failed.ts";
import { writeOutput } from "./output-file.ts";
import { journalPath } from "./run-folder.ts";
import { runModels } from "./run-models.ts";
import { slowProgress } from "./slow-progress.ts";
import { writeMetrics } from "./write-metrics.ts";
import { leaderboardText, weekText } from "./text/council-text.ts";

type Asked = {
  readonly loaded: Loaded;
  readonly data: string;
  /** Sessions of a made-up market, instead of the store. */
  readonly synthetic?: number;
  readonly window: Window;
  readonly approve: string;
  readonly json?: string;
  readonly journals?: string;
  readonly metrics?: string;
  readonly record?: string;
  readonly recorded?: string;
};

/** A backtest of the council whose flags were looked at comes in; its page, its JSON and a journal for each account go out. */
export async function runCouncilBacktest({
  loaded,
  data,
  synthetic,
  window,
  approve,
  json,
  journals,
  metrics,
  ...asked
}: Asked): Promise<void> {
  const { histories, leftOut } = synthetic === undefined ? await storedFunds(data, loaded, window) : syntheticFunds(synthetic, loaded);
  const plan = councilPlan(loaded, histories, new MemoryJournal());
  const person = personOf(approve, ["council", ...plan.settings.members.map(({ name }) => name), "flat"]);
  const models = runModels({ loaded, ...asked }, askedModels(plan.settings));
  const progress = slowProgress(1, "{bar} {percentage}%  {value}/{total} steps", 500);
  const startedMs = performance.now();
  try {
    const runs = await runCouncil({
      plan: { ...plan, model: models.model },
      personOf: person.of,
      waits: models.waits,
      onStep: (done, steps) => progress.on(done, "", steps),
    });
    progress.stop();
    models.check();
    for (const trade of person.unheard()) process.stderr.write(`--approve ${approve}: ${trade} was not shown to anybody in these weeks\n`);
    const result = councilResult(runs, leftOut, loaded.config.seed, performance.now() - startedMs);
    if (journals !== undefined) writeJournals(runs, journals);
    if (metrics !== undefined) await writeMetrics(metrics, models.metrics);
    const text = `${JSON.stringify(result, undefined, 2)}\n`;
    if (json === "-") return void process.stdout.write(text);
    if (json !== undefined) writeOutput(json, "--json", (put) => put(text));
    const out = leftOut.map((line) => `left out: ${line}\n`).join("");
    process.stdout.write(`${result.weeks.map((week) => `${weekText(week)}\n`).join("")}${leaderboardText(result.leaderboard)}${out}`);
  } finally {
    progress.stop();
    await models.close();
  }
}

/** Everybody who is asked anything, so that keys and budgets are looked at before the first question. */
export const askedModels = ({
  members,
  models,
}: {
  readonly members: readonly { readonly model: string }[];
  readonly models: CouncilSettings["models"];
}): Parameters<typeof runModels>[1] => [
  { role: "research", model: models.a },
  { role: "research", model: models.b },
  ...members.flatMap(({ model }) => [
    { role: "pm" as const, model },
    { role: "reviewer" as const, model },
  ]),
  { role: "chairman", model: models.chairman },
  { role: "pm", model: models.chairman },
];

function writeJournals(runs: readonly SeatRun[], folder: string): void {
  if (existsSync(folder)) throw new Failed(2, `--journals ${folder}: it exists, and a journal is never written over; name another folder`);
  mkdirSync(folder, { recursive: true });
  for (const { name, journal } of runs)
    writeOutput(journalPath(folder, name), "--journals", (put) => {
      for (const line of journal.lines()) put(line);
    });
}
