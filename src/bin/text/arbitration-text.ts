import type { ReadScore } from "../../flow/calibration/words-read.ts";
import type { ArbitrationReport } from "../../flow/reports/arbitration-report.ts";
import type { ForecastsReport } from "../crypto-forecasts.ts";
import { calibrationRows } from "./calibration-text.ts";
import { columns, wrapped } from "./columns.ts";
import { paint } from "./paint.ts";

const lineWidth = 90;

/** What two sources and the table between them came to, and how far their words can be believed, as rows below a backtest's page. */
export function arbitrationText(
  { byResolution, local, ai, arbiter, alerts, rollbacks }: ArbitrationReport,
  forecasts: ForecastsReport,
): string {
  const rate = arbiter.overrideRate;
  return columns([
    ...listed("resolved", counts(byResolution), "nothing"),
    ...listed("rules", [`${local.proposals.toLocaleString("en-US")} proposals`, ...counts(local.byFate)]),
    ...listed("AI trader", [`${ai.proposals.toLocaleString("en-US")} proposals`, ...counts(ai.byFate)]),
    ...(rate === null
      ? []
      : listed("arbiter", [`asked ${arbiter.asked}`, `overrode ${(rate * 100).toFixed(1)}%`, ...counts(arbiter.byChoice)])),
    ...listed("alerts", counts(alerts), "none"),
    ...Object.entries(forecasts).flatMap(([name, { asRead, ...report }]) => [...calibrationRows(report, name), ...inUse(asRead)]),
    ...rollbacks.map((reason, at) => [at === 0 ? "rolled back" : "", paint.yellow(`${reason}; rules only from there on`)]),
  ]);
}

const inUse = (score: ReadScore | null): string[][] =>
  score === null
    ? []
    : [
        [
          "in use",
          `Brier ${score.brierRead.toFixed(3)} as it was compared, ${score.brierSaid.toFixed(3)} as it was said, of ${score.count}`,
        ],
      ];

const counts = (of: Readonly<Record<string, number>>): string[] =>
  Object.entries(of)
    .sort(([, a], [, b]) => b - a)
    .map(([name, count]) => `${name} ${count.toLocaleString("en-US")}`);

const listed = (name: string, entries: readonly string[], none = ""): string[][] =>
  entries.length === 0 ? [[name, none]] : wrapped(entries, lineWidth).map((line, at) => [at === 0 ? name : "", line]);
