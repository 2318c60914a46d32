import { renameSync, rmSync } from "node:fs";
import { FileJournal } from "../adapters/file-journal/file-journal.ts";
import { faultLine } from "../adapters/file-journal/journal-fault.ts";
import type { Loaded } from "../config/config.ts";
import { MemoryJournal } from "../journal/memory-store.ts";
import { backtestReport, type BacktestReport } from "../lab/backtest-report.ts";
import { runBacktest, type BacktestPlan, type BacktestRun } from "../lab/backtest.ts";
import type { Command } from "../lab/command.ts";
import type { JournalStore } from "../ports/journal-store.ts";
import { instantOfMs } from "../words/instant.ts";
import { haltsOf, type AskedHalt } from "./asked-halts.ts";
import { endMsOf, storedHistory, syntheticHistory, type Window } from "./backtest-history.ts";
import { slowProgress } from "./slow-progress.ts";
import { Failed } from "./failed.ts";
import { draftOf, writeOutput } from "./output-file.ts";
import { perpsPlan, type Switch } from "./perps-plan.ts";
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
};

/** A backtest whose flags were looked at comes in; its page, its JSON and its journal go out, each whole or not at all. */
export async function runPerps(asked: Asked): Promise<void> {
  const { loaded, data, synthetic, window, switches, commands, json, journal } = asked;
  const histories = synthetic === undefined ? await storedHistory(data, loaded, window) : syntheticHistory(synthetic, loaded);
  checkInTime(asked, endMsOf(histories));
  const halts = haltsOf(asked.halts, histories);
  const planned = perpsPlan(loaded, histories, new MemoryJournal(), switches, asked.files);
  if (!planned.ok) throw new Failed(2, planned.error);
  const plan = { ...planned.value, halts };
  if (journal === undefined) return tell(await ran(plan, commands), json);

  const draft = draftOf(journal);
  try {
    const done = await ran({ ...plan, journal: journalAt(draft) }, commands);
    renameSync(draft, journal);
    tell(done, json);
  } finally {
    // A run that failed leaves no journal that looks like one of a whole run.
    for (const left of [draft, `${draft}.lock`]) rmSync(left, { force: true });
  }
}

type Done = { readonly run: BacktestRun; readonly report: BacktestReport };

async function ran(plan: BacktestPlan, commands: readonly Command[]): Promise<Done> {
  const progress = slowProgress(1, "{bar} {percentage}%  {value}/{total} steps", 500);
  const startedMs = performance.now();
  const run = runBacktest({ ...plan, commands, onStep: (done, steps) => progress.on(done, "", steps) });
  const wallMs = performance.now() - startedMs;
  progress.stop();
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
  const who = proposer === "house" ? `, the house model with the frames of ${strategy.name}` : `, strategy ${strategy.name}`;
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

function journalAt(path: string): JournalStore {
  const opened = FileJournal.open(path);
  if (!opened.ok) throw new Failed(1, `--journal ${faultLine(opened.error)}`);
  return opened.value;
}
