import type { CalibrationReport } from "../../flow/calibration/calibration-report.ts";
import type { EdgeReport } from "../../flow/reports/edge-report.ts";
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
  if (calibration !== undefined) {
    const { score, reliability, resolution, uncertainty, logLoss, ece, skill, table, fitted } = calibration;
    rows.push([
      "said",
      `Brier ${score.toFixed(3)} = reliability ${reliability.toFixed(3)} - resolution ${resolution.toFixed(3)} + uncertainty ${uncertainty.toFixed(3)} + within; log loss ${logLoss.toFixed(3)}, ECE ${ece.toFixed(3)}, skill ${skill === null ? "n/a" : skill.toFixed(3)}`,
    ]);
    for (const { from, to, count, meanSaid, cameTrue } of table)
      rows.push(["", `${percent(from)} to ${percent(to)}: said ${percent(meanSaid)}, came true ${percent(cameTrue)} of ${count}`]);
    if (fitted !== null)
      rows.push([
        "calibrated",
        `${fitted.map.kind}: Brier ${fitted.brierMapped.toFixed(3)} on outcomes it had not seen, skill ${fitted.skillMapped.toFixed(3)}`,
      ]);
  }
  for (const [at, line] of leftOut.entries()) rows.push([at === 0 ? "left out" : "", line]);
  return columns(rows);
}
