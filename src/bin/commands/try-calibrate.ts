import { Command } from "commander";
import { z } from "zod";
import { calibrationReport } from "../../flow/calibration/calibration-report.ts";
import type { Scored } from "../../flow/calibration/brier.ts";
import { Failed } from "../failed.ts";
import { readCases } from "../read-cases.ts";

const outcomesMin = 20;

/** `countersign try calibrate --cases FILE`: what is asked of forecasts whose outcomes are known (EQ-8), on some of one's own. */
export function tryCalibrateCommand(): Command {
  return new Command("calibrate")
    .description("Brier score with its parts, log loss, ECE, reliability table, and the map that the outcomes give")
    .requiredOption("--cases <file>", "JSON Lines, one forecast a line; - for the standard input")
    .addHelpText(
      "after",
      `
A case: {"p":0.7,"y":1}, where p is what was said, 0 to 1, and y what came, 0 or 1 (or false and true).
An answer: one JSON line for all of them; its brier is reliability - resolution + uncertainty + within.
A line that is no case is named on the standard error, the others are answered all the same, and the exit code is 2.
Below ${outcomesMin} there is no map, below 100 confidence is shrunk to the base rate, from 100 on isotonic or Platt by cross-validation.
`,
    )
    .action(({ cases }: { readonly cases: string }) => calibrate(cases));
}

const forecast = z.strictObject({ p: z.number().min(0).max(1), y: z.union([z.literal(0), z.literal(1), z.boolean()]) });

/** One answer for all cases that can be read, and `count` says how many those were: a forecast alone has nothing to be calibrated by. */
function calibrate(path: string): void {
  const scored: Scored[] = [];
  const faults: string[] = [];
  for (const each of readCases(path)) {
    const read = "fault" in each ? undefined : forecast.safeParse(each.json);
    if (read?.success === true) scored.push({ confidence: read.data.p, cameTrue: read.data.y === 1 || read.data.y === true });
    else
      faults.push(
        `--cases ${path}, line ${each.line}: ${"fault" in each ? each.fault : 'write {"p":0.7,"y":1}, p from 0 to 1 and y 0 or 1'}`,
      );
  }
  const report = calibrationReport(scored, outcomesMin);
  if (report !== undefined) {
    const { count, score, ...others } = report;
    process.stdout.write(`${JSON.stringify({ count, brier: score, ...others })}\n`);
  }
  if (faults.length > 0) throw new Failed(2, faults);
}
