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
Below ${outcomesMin} there is no map, below 100 confidence is shrunk to the base rate, from 100 on isotonic or Platt by cross-validation.
`,
    )
    .action(({ cases }: { readonly cases: string }) => calibrate(cases));
}

const forecast = z.strictObject({ p: z.number().min(0).max(1), y: z.union([z.literal(0), z.literal(1), z.boolean()]) });

/** One answer for all cases: a forecast alone has nothing to be calibrated by. A line that cannot be read is named, and the rest is not reported as if it were all. */
function calibrate(path: string): void {
  const scored: Scored[] = [];
  const faults: string[] = [];
  for (const each of readCases(path)) {
    const read = "fault" in each ? undefined : forecast.safeParse(each.json);
    if (read?.success === true) scored.push({ confidence: read.data.p, cameTrue: read.data.y === 1 || read.data.y === true });
    else faults.push(`--cases ${path}:${each.line}: ${"fault" in each ? each.fault : 'write {"p":0.7,"y":1}, p from 0 to 1 and y 0 or 1'}`);
  }
  if (faults.length > 0) throw new Failed(1, faults.slice(0, 10));
  process.stdout.write(`${JSON.stringify(calibrationReport(scored, outcomesMin), undefined, 2)}\n`);
}
