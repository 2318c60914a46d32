import { renameSync, rmSync } from "node:fs";
import { FileJournal } from "../adapters/file-journal/file-journal.ts";
import { faultLine } from "../adapters/file-journal/journal-fault.ts";
import type { NewsItem } from "../flow/market/news.ts";
import type { Loaded } from "../config/config.ts";
import { MemoryJournal } from "../journal/memory-store.ts";
import { backtestReport, type BacktestReport } from "../lab/backtest-report.ts";
import { runBacktest, runSimulation, type BacktestPlan, type BacktestRun } from "../lab/backtest.ts";
import type { Command } from "../lab/command.ts";
import type { JournalStore } from "../ports/journal-store.ts";
import { instantOfMs } from "../words/instant.ts";
import { haltsOf, type AskedHalt } from "./asked-halts.ts";
import { endMsOf, storedHistory, syntheticHistory, type Window } from "./backtest-history.ts";
import { slowProgress } from "./slow-progress.ts";
import { Failed } from "./failed.ts";
import { draftOf, writeOutput } from "./output-file.ts";
import { perpsPlan, type Switch } from "./perps-plan.ts";
import { runModels, type RunModels } from "./run-models.ts";
import type { StrategyFiles } from "./strategy-files.ts";
import { backtestText } from "./text/backtest-text.ts";

type Asked = {
  readonly loaded: Loaded;
  readonly data: string;
  /** Days of a made-up market, instead of the store. */
  readonly synthetic?: number;
  readonly window: Window;
  readonly switches: readonly Switch[];
  readonly commands: readonly Command[];
  readonly halts: readonly AskedHalt[];
  readonly files: StrategyFiles;
  readonly json?: string;
  readonly journal?: string;
  /** Folder to keep the models' answers in, or to take them from: then nothing is asked. */
  readonly record?: string;
  readonly recorded?: string;
  readonly news?: readonly NewsItem[];
};

/** A backtest whose flags were looked at comes in; its page, its JSON and its journal go out, each whole or not at all. */
export async function runPerps(asked: Asked): Promise<void> {
  const { loaded, data, synthetic, window, switches } = asked;
  const histories = synthetic === undefined ? await storedHistory(data, loaded, window) : syntheticHistory(synthetic, loaded);
  checkInTime(asked, endMsOf(histories));
  const halts = haltsOf(asked.halts, histories);
  const planned = perpsPlan(loaded, histories, new MemoryJournal(), switches, asked.files);
  if (!planned.ok) throw new Failed(2, planned.error);
  const plan = { ...planned.value, halts, ...(asked.news === undefined ? {} : { news: asked.news }) };
  const models = runModels(asked, plan.settings.proposer === "rules" ? [] : [{ role: "trader", model: plan.settings.model }]);
  try {
    await kept({ ...plan, model: models.model }, asked, models);
  } finally {
    await models.close();
  }
}

async function kept(plan: BacktestPlan, { commands, json, journal }: Asked, models: RunModels): Promise<void> {
  if (journal === undefined) return tell(await ran(plan, commands, models), json);
  const draft = draftOf(journal);
  try {
    const done = await ran({ ...plan, journal: journalAt(draft) }, commands, models);
    renameSync(draft, journal);
    tell(done, json);
  } finally {
    // A run that failed leaves no journal that looks like one of a whole run.
    for (const left of [draft, `${draft}.lock`]) rmSync(left, { force: true });
  }
}

type Done = { readonly run: BacktestRun; readonly report: BacktestReport };

async function ran(plan: BacktestPlan, commands: readonly Command[], { waits, check }: RunModels): Promise<Done> {
  const progress = slowProgress(1, "{bar} {percentage}%  {value}/{total} steps", 500);
  const startedMs = performance.now();
  const watched = { ...plan, commands, onStep: (done: number, steps: number) => progress.on(done, "", steps) };
  const run = waits ? await runSimulation(watched) : runBacktest(watched);
  const wallMs = performance.now() - startedMs;
  progress.stop();
  check();
  await plan.journal.commit();
  const report = backtestReport(run, wallMs);
  await plan.journal.close();
  return { run, report };
}

/** The file before the page: whoever reads the page may stop reading, and the file is still wanted. */
function tell({ run, report }: Done, jsonPath: string | undefined): void {
  const json = `${JSON.stringify(report, undefined, 2)}\n`;
  if (jsonPath === "-") return void process.stdout.write(json);
  if (jsonPath !== undefined) writeOutput(jsonPath, "--json", (put) => put(json));
  const { strategy, proposer } = run.plan.settings;
  const { model } = run.plan.settings;
  const asks = proposer === "house" ? "the house model" : model;
  const who = proposer === "rules" ? `, strategy ${strategy.name}` : `, ${asks} with the frames of ${strategy.name}`;
  process.stdout.write(backtestText(report, `Backtest of the perps desk${who}`));
}

/** What is planned for after the last bar would silently never happen. */
function checkInTime({ switches, commands, halts }: Asked, endMs: number): void {
  const late = (flag: string, what: string, { fromMs }: { readonly fromMs: number }): void => {
    if (fromMs <= endMs) return;
    throw new Failed(2, `--${flag} ${instantOfMs(fromMs).toString()}=${what}: the data ends before, at ${instantOfMs(endMs).toString()}`);
  };
  for (const each of switches) late("switch", each.strategy, each);
  for (const each of halts) late("halt", each.symbol, each);
  for (const each of commands) {
    if ("clear" in each) late("clear", each.clear, each);
    else late("kill", each.level, each);
  }
}

/** A draft counts once it is whole: it is synced when it is closed, and not at each order of a backtest. */
function journalAt(path: string): JournalStore {
  const opened = FileJournal.open(path, { syncs: "at_close" });
  if (!opened.ok) throw new Failed(1, `--journal ${faultLine(opened.error)}`);
  return opened.value;
}
