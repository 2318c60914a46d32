import type { CalibrationReport } from "../../flow/calibration/calibration-report.ts";
import type { EdgeReport } from "../../flow/reports/edge-report.ts";
import { calibrationRows } from "./calibration-text.ts";
import { columns } from "./columns.ts";

const percent = (value: number): string => `${(value * 100).toFixed(1)}%`;

/** How often edge was acted on and what came of it; then what was said beside what came true. */
export function equitiesText(edge: EdgeReport, calibration: CalibrationReport | undefined, leftOut: readonly string[]): string {
  const rate = edge.tradeRate === null ? "none had an edge" : `${percent(edge.tradeRate)} of ${edge.withEdge} with an edge were traded`;
  const rows: string[][] = [["trade rate", `${rate}; ${edge.weighed} were weighed`]];
  for (const [at, { fromBps, trades, expectedBps, realisedBps }] of edge.byExpected.entries())
    rows.push([
      at === 0 ? "expected" : "",
      `from ${fromBps} bps: ${trades} closed, expected ${expectedBps.toFixed(0)} bps, brought ${realisedBps.toFixed(0)} bps on average`,
    ]);
  if (calibration !== undefined) for (const row of calibrationRows(calibration)) rows.push([...row]);
  for (const [at, line] of leftOut.entries()) rows.push([at === 0 ? "left out" : "", line]);
  return columns(rows);
}
