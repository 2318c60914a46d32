import { readFileSync } from "node:fs";
import { Command } from "commander";
import { z } from "zod";
import { baselineReport } from "../../lab/performance/baseline-report.ts";
import type { Entry } from "../../journal/entry.ts";
import { performanceIn, type PerformanceSample } from "../../lab/performance/performance-sample.ts";
import { unlikeness } from "../../lab/performance/unlike-runs.ts";
import { Failed } from "../failed.ts";
import { journalEntries } from "../read-journal.ts";
import { baselineText } from "../text/baseline-text.ts";

type Flags = { readonly baseline: string; readonly recent: string; readonly json?: true };

/** `countersign report --baseline FILE --recent FILE`: two runs held against one another, with intervals (DUAL-9). */
export function reportCommand(): Command {
  return new Command("report")
    .description("hold one run against another: win rate, average win and loss, drawdown, Sharpe and trades, with 95% intervals")
    .requiredOption("--baseline <file>", "the journal of a run, or the JSON that a backtest wrote")
    .requiredOption("--recent <file>", "what is held against it, likewise")
    .option("--json", "as JSON, for programs")
    .addHelpText("after", "\nExample:\n  countersign report --baseline rules.json --recent both.journal\n")
    .action(report);
}

function report({ baseline, recent, json }: Flags): void {
  const [one, other] = [sampleOf(baseline, "--baseline"), sampleOf(recent, "--recent")];
  const measures = baselineReport(one.sample, other.sample);
  const unlike = unlikeness(one, other);
  if (json === true) {
    const counted = (file: string, { desk, sample: { tradeNets, dailyReturns } }: Run) => ({
      file,
      desk,
      trades: tradeNets.length,
      days: dailyReturns.length,
    });
    process.stdout.write(`${JSON.stringify({ baseline: counted(baseline, one), recent: counted(recent, other), unlike, measures })}\n`);
    return;
  }
  process.stdout.write(baselineText({ ...one, file: baseline }, { ...other, file: recent }, unlike, measures));
}

/** What is held against another run. */
type Run = { readonly desk: string; readonly sample: PerformanceSample };

const sampleShape = z.object({
  desk: z.string(),
  performance: z.object({
    tradeNets: z.array(z.number()),
    dailyReturns: z.array(z.number()),
    tradesByDay: z.array(z.number()),
  }),
});

/** A journal is told from a backtest's JSON by its first line: that of the JSON is a brace alone. */
function sampleOf(file: string, flag: string): Run {
  const text = reportText(file, flag);
  if (text === undefined) {
    const desk: { id?: string } = {};
    const sample = performanceIn(watched(journalEntries(file), desk));
    if (sample.ok) return { desk: desk.id ?? "", sample: sample.value };
    throw new Failed(2, `${flag} ${file}: nothing was decided in this journal; name one of a run`);
  }
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw new Failed(2, `${flag} ${file}: it is neither a journal nor the JSON of a backtest`);
  }
  const read = sampleShape.safeParse(json);
  if (read.success) return { desk: read.data.desk, sample: read.data.performance };
  throw new Failed(2, `${flag} ${file}: this JSON holds no performance; write it again with backtest --json, or name the run's journal`);
}

/** The desk is in every entry, and the file is read once. */
function* watched(entries: Iterable<Entry>, of: { id?: string }): Iterable<Entry> {
  for (const entry of entries) {
    of.id ??= entry.desk;
    yield entry;
  }
}

function reportText(file: string, flag: string): string | undefined {
  let bytes: Buffer;
  try {
    bytes = readFileSync(file);
  } catch (fault) {
    const missing = fault instanceof Error && "code" in fault && fault.code === "ENOENT";
    throw new Failed(2, `${flag} ${file}: ${missing ? "there is no such file" : "it cannot be read"}; name a journal or a backtest's JSON`);
  }
  return bytes.subarray(0, 2).toString() === "{\n" ? bytes.toString() : undefined;
}
