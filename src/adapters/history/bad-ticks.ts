import type { HistoryKind } from "../../ports/history.ts";
import type { ExactColumn } from "./exact-column.ts";
import { timeText } from "./row-rules.ts";

type BadTickCode = "spike" | "unit_100x" | "zero_volume_run" | "stale_run" | "large_rate";
export type BadTicks = { readonly code: BadTickCode; readonly count: number; readonly first: readonly string[] };

/** The thresholds that docs/data.md promises. */
const spikeSigmas = 15;
const spikeReturnMin = 0.005;
const revertedShare = 0.7;
const unitRatioMin = 80;
const unitRatioMax = 125;
const wickRatioMin = 50;
const zeroVolumeBars = 10;
const staleBars = 5;
const staleValues = 24;
const rateMax = 0.05;
const listedMax = 5;

type Findings = (code: BadTickCode, detail: string) => void;

/** Rows that keep every rule and are still hard to believe: reported, never altered. Doubles suffice, since nothing is stored from here. */
export function findBadTicks(kind: HistoryKind, atMs: Float64Array, columns: readonly ExactColumn[]): readonly BadTicks[] {
  const found = new Map<BadTickCode, string[]>();
  const counts = new Map<BadTickCode, number>();
  const note: Findings = (code, detail) => {
    counts.set(code, (counts.get(code) ?? 0) + 1);
    const list = found.get(code) ?? [];
    if (list.length < listedMax) found.set(code, [...list, detail]);
  };
  const numbers = columns.map(({ decimals, values }) =>
    Float64Array.from(values, (value: number | bigint) => Number(value) / 10 ** decimals),
  );
  if (kind === "ohlcv") candles(atMs, numbers as [Float64Array, Float64Array, Float64Array, Float64Array, Float64Array], note);
  const [values = new Float64Array()] = numbers;
  if (kind === "funding") rates(atMs, values, note);
  if (kind === "mark") jumps(atMs, values, note);
  if (kind === "mark" || kind === "open-interest") runs(atMs, staleValues, "stale_run", (row) => values[row] === values[row - 1], note);
  return [...counts].map(([code, count]) => ({ code, count, first: found.get(code) ?? [] }));
}

function candles(
  atMs: Float64Array,
  columns: readonly [Float64Array, Float64Array, Float64Array, Float64Array, Float64Array],
  note: Findings,
): void {
  const [, high, low, close, volume] = columns;
  jumps(atMs, close, note);
  high.forEach((top, row) => {
    const bottom = low[row] as number;
    if (top / bottom >= wickRatioMin)
      note("unit_100x", `${timeText(atMs[row] as number)} high ${top} is ${(top / bottom).toFixed(0)} times low ${bottom}`);
  });
  // A file without any volume is one finding of its own, not one a run.
  if (volume.some((value) => value > 0))
    runs(atMs, zeroVolumeBars, "zero_volume_run", (row) => volume[row] === 0 && volume[row - 1] === 0, note);
  const repeats = (row: number): boolean => (volume[row] as number) > 0 && columns.every((column) => column[row] === column[row - 1]);
  runs(atMs, staleBars, "stale_run", repeats, note);
}

/** A jump of many robust sigmas (1.4826 times the median absolute deviation of returns) that reverts with the next row, or a hundredfold step. */
function jumps(atMs: Float64Array, values: Float64Array, note: Findings): void {
  if (values.length < 2) return;
  const returns = Float64Array.from({ length: values.length - 1 }, (_, row) =>
    Math.log((values[row + 1] as number) / (values[row] as number)),
  );
  const middle = median(returns);
  const sigma = 1.4826 * median(returns.map((value) => Math.abs(value - middle)));
  returns.forEach((value, row) => {
    const ratio = Math.exp(Math.abs(value));
    const at = timeText(atMs[row + 1] as number);
    const step = `${values[row]} to ${values[row + 1]}`;
    if (ratio >= unitRatioMin && ratio <= unitRatioMax) note("unit_100x", `${at} ${step}: about a hundredfold, a change of unit?`);
    const next = returns[row + 1];
    const jumped = Math.abs(value) >= Math.max(spikeSigmas * sigma, spikeReturnMin);
    if (jumped && next !== undefined && value * next < 0 && Math.abs(next) >= revertedShare * Math.abs(value))
      note("spike", `${at} ${step} and back to ${values[row + 2]}`);
  });
}

function rates(atMs: Float64Array, values: Float64Array, note: Findings): void {
  values.forEach((value, row) => {
    if (Math.abs(value) > rateMax)
      note("large_rate", `${timeText(atMs[row] as number)} ${value}: a rate is a fraction, 0.0001 is one basis point`);
  });
}

/** Runs of rows that each repeat the one before. */
function runs(atMs: Float64Array, lengthMin: number, code: BadTickCode, repeats: (row: number) => boolean, note: Findings): void {
  let length = 1;
  for (let row = 1; row <= atMs.length; row++) {
    if (row < atMs.length && repeats(row)) {
      length++;
      continue;
    }
    if (length >= lengthMin) note(code, `${length} rows from ${timeText(atMs[row - length] as number)}`);
    length = 1;
  }
}

function median(values: Float64Array): number {
  const sorted = values.toSorted();
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? (sorted[middle] as number) : ((sorted[middle - 1] as number) + (sorted[middle] as number)) / 2;
}
