import { renameSync, rmSync } from "node:fs";
import type { Registry } from "prom-client";
import { FileJournal } from "../adapters/file-journal/file-journal.ts";
import { faultLine } from "../adapters/file-journal/journal-fault.ts";
import { backtestReport, type BacktestReport } from "../lab/backtest-report.ts";
import { runBacktest, runSimulation, type BacktestPlan, type BacktestRun } from "../lab/backtest.ts";
import type { DeskSettings } from "../runtime/desk.ts";
import { Failed } from "./failed.ts";
import { draftOf, writeOutput } from "./output-file.ts";
import type { RunModels } from "./run-models.ts";
import { slowProgress } from "./slow-progress.ts";
import { writeMetrics } from "./write-metrics.ts";

type Outputs<Settings extends DeskSettings> = {
  readonly json?: string;
  readonly journal?: string;
  /** Where what was counted of the models goes, as Prometheus reads it; `measured` has a desk add what it alone knows. */
  readonly metrics?: string;
  readonly measured?: (run: BacktestRun<Settings>, registry: Registry) => void;
  /** What stands in the JSON: the report, with what the desk adds to it. */
  readonly result: (run: BacktestRun<Settings>, report: BacktestReport) => object;
  readonly page: (run: BacktestRun<Settings>, report: BacktestReport) => string;
};

/** A plan of any desk comes in; its page, its JSON and its journal go out, each whole or not at all. */
export async function runPlan<Settings extends DeskSettings>(
  plan: BacktestPlan<Settings>,
  models: RunModels,
  outputs: Outputs<Settings>,
): Promise<void> {
  const { journal } = outputs;
  if (journal === undefined) return await tell(await ran(plan, models), models, outputs);
  const draft = draftOf(journal);
  try {
    const opened = FileJournal.open(draft, { syncs: "at_close" });
    if (!opened.ok) throw new Failed(1, `--journal ${faultLine(opened.error)}`);
    const done = await ran({ ...plan, journal: opened.value }, models);
    renameSync(draft, journal);
    await tell(done, models, outputs);
  } finally {
    // A run that failed leaves no journal that looks like one of a whole run.
    for (const left of [draft, `${draft}.lock`]) rmSync(left, { force: true });
  }
}

type Done<Settings extends DeskSettings> = { readonly run: BacktestRun<Settings>; readonly report: BacktestReport };

async function ran<Settings extends DeskSettings>(plan: BacktestPlan<Settings>, models: RunModels): Promise<Done<Settings>> {
  const progress = slowProgress(1, "{bar} {percentage}%  {value}/{total} steps", 500);
  const startedMs = performance.now();
  const watched = { ...plan, model: models.model, onStep: (done: number, steps: number) => progress.on(done, "", steps) };
  const run = models.waits ? await runSimulation(watched) : runBacktest(watched);
  const wallMs = performance.now() - startedMs;
  progress.stop();
  models.check();
  await plan.journal.commit();
  const report = backtestReport(run, wallMs);
  await plan.journal.close();
  return { run, report };
}

/** The files before the page: whoever reads the page may stop reading, and the files are still wanted. */
async function tell<Settings extends DeskSettings>(
  { run, report }: Done<Settings>,
  { metrics }: RunModels,
  { json: path, metrics: metricsPath, measured, result, page }: Outputs<Settings>,
): Promise<void> {
  const json = `${JSON.stringify(result(run, report), undefined, 2)}\n`;
  if (metricsPath !== undefined) {
    measured?.(run, metrics.registry);
    await writeMetrics(metricsPath, metrics);
  }
  if (path === "-") return void process.stdout.write(json);
  if (path !== undefined) writeOutput(path, "--json", (put) => put(json));
  process.stdout.write(page(run, report));
}
