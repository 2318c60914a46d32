import type { Scored } from "./brier.ts";

/** What was said and what came of it, for confidences from `from` up to `to`, which only the last row holds itself. */
export type ReliabilityRow = {
  readonly from: number;
  readonly to: number;
  readonly count: number;
  readonly meanSaid: number;
  readonly cameTrue: number;
};

/** Scored forecasts come in; one row a bin that holds any goes out, lowest first. */
export function reliabilityTable(scored: readonly Scored[], bins = 10): readonly ReliabilityRow[] {
  const rows = Array.from({ length: bins }, () => ({ count: 0, said: 0, hits: 0 }));
  for (const { confidence, cameTrue } of scored) {
    // A bound that a float just misses still counts as reached.
    const row = rows[Math.min(bins - 1, Math.max(0, Math.floor(confidence * bins + 1e-9)))];
    if (row === undefined) continue;
    row.count++;
    row.said += confidence;
    if (cameTrue) row.hits++;
  }
  return rows.flatMap(({ count, said, hits }, at) =>
    count === 0 ? [] : [{ from: at / bins, to: (at + 1) / bins, count, meanSaid: said / count, cameTrue: hits / count }],
  );
}

/** Expected calibration error: how far said and seen lie apart, weighted by count; Naeini, Cooper and Hauskrecht (2015). */
export function calibrationError(table: readonly ReliabilityRow[]): number | undefined {
  const all = table.reduce((sum, { count }) => sum + count, 0);
  if (all === 0) return undefined;
  return table.reduce((sum, { count, meanSaid, cameTrue }) => sum + (count / all) * Math.abs(meanSaid - cameTrue), 0);
}
