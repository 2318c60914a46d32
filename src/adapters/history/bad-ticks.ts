import type { HistoryKind } from "../../ports/history.ts";
import { powersOfTen, type ExactColumn } from "./exact-column.ts";
import { median } from "./median.ts";
import { timeText } from "./row-rules.ts";

type BadTickCode = "spike" | "unit_100x" | "zero_volume_run" | "stale_run" | "large_rate";
export type BadTicks = { readonly code: BadTickCode; readonly count: number; readonly first: readonly string[] };

/** The thresholds that docs/data.md promises. */
const spikeSigmas = 15;
const spikeReturnMin = 0.005;
const revertedShare = 0.7;
const unitRatioMin = 80;
const unitRatioMax = 125;
/** Below the logarithm of `unitRatioMin`: smaller moves need no exponential to tell. */
const unitReturnMin = 4;
const wickRatioMin = 50;
const zeroVolumeBars = 10;
const staleBars = 5;
const staleValues = 24;
const rateMax = 0.05;
const listedMax = 5;

/** Only the first few findings are put into words, so the words are asked for and not given. */
type Findings = (code: BadTickCode, detail: () => string) => void;

/** Rows that keep every rule and are still hard to believe: reported, never altered. Doubles suffice, since nothing is stored from here. */
export function findBadTicks(kind: HistoryKind, atMs: Float64Array, columns: readonly ExactColumn[]): readonly BadTicks[] {
  const found = new Map<BadTickCode, string[]>();
  const counts = new Map<BadTickCode, number>();
  const note: Findings = (code, detail) => {
    counts.set(code, (counts.get(code) ?? 0) + 1);
    const list = found.get(code) ?? [];
    if (list.length < listedMax) found.set(code, [...list, detail()]);
  };
  const numbers = columns.map(approximated);
  if (kind === "ohlcv") candles(atMs, numbers as [Float64Array, Float64Array, Float64Array, Float64Array, Float64Array], note);
  const [values = new Float64Array()] = numbers;
  if (kind === "funding") rates(atMs, values, note);
  if (kind === "mark") jumps(atMs, values, note);
  if (kind === "mark" || kind === "open-interest") runs(atMs, staleValues, "stale_run", (row) => values[row] === values[row - 1], note);
  return [...counts].map(([code, count]) => ({ code, count, first: found.get(code) ?? [] }));
}

function approximated({ decimals, values }: ExactColumn): Float64Array {
  const scale = powersOfTen[decimals] as number;
  const numbers = new Float64Array(values.length);
  for (let row = 0; row < numbers.length; row++) numbers[row] = Number(values[row]) / scale;
  return numbers;
}

function candles(
  atMs: Float64Array,
  columns: readonly [Float64Array, Float64Array, Float64Array, Float64Array, Float64Array],
  note: Findings,
): void {
  const [open, high, low, close, volume] = columns;
  jumps(atMs, close, note);
  for (let row = 0; row < atMs.length; row++) {
    const ratio = (high[row] as number) / (low[row] as number);
    if (ratio >= wickRatioMin) note("unit_100x", () => `${at(atMs, row)} high ${high[row]} is ${ratio.toFixed(0)} times low ${low[row]}`);
  }
  // A file without any volume is one finding of its own, not one a run.
  if (volume.some((value) => value > 0))
    runs(atMs, zeroVolumeBars, "zero_volume_run", (row) => volume[row] === 0 && volume[row - 1] === 0, note);
  const same = (column: Float64Array, row: number): boolean => column[row] === column[row - 1];
  const repeats = (row: number): boolean =>
    (volume[row] as number) > 0 && same(close, row) && same(open, row) && same(high, row) && same(low, row) && same(volume, row);
  runs(atMs, staleBars, "stale_run", repeats, note);
}

/** A jump of many robust sigmas (1.4826 times the median absolute deviation of returns) that reverts with the next row, or a hundredfold step. */
function jumps(atMs: Float64Array, values: Float64Array, note: Findings): void {
  if (values.length < 2) return;
  const returns = new Float64Array(values.length - 1);
  for (let row = 0; row < returns.length; row++) returns[row] = Math.log((values[row + 1] as number) / (values[row] as number));
  const middle = median(returns);
  const deviations = new Float64Array(returns.length);
  for (let row = 0; row < returns.length; row++) deviations[row] = Math.abs((returns[row] as number) - middle);
  const jumpMin = Math.max(spikeSigmas * 1.4826 * median(deviations), spikeReturnMin);
  for (let row = 0; row < returns.length; row++) {
    const value = returns[row] as number;
    const size = Math.abs(value);
    if (size < jumpMin && size < unitReturnMin) continue;
    const step = (): string => `${at(atMs, row + 1)} ${values[row]} to ${values[row + 1]}`;
    const ratio = Math.exp(size);
    if (ratio >= unitRatioMin && ratio <= unitRatioMax) note("unit_100x", () => `${step()}: about a hundredfold, a change of unit?`);
    const next = returns[row + 1];
    if (size >= jumpMin && next !== undefined && value * next < 0 && Math.abs(next) >= revertedShare * size)
      note("spike", () => `${step()} and back to ${values[row + 2]}`);
  }
}

function rates(atMs: Float64Array, values: Float64Array, note: Findings): void {
  values.forEach((value, row) => {
    if (Math.abs(value) > rateMax) note("large_rate", () => `${at(atMs, row)} ${value}: a rate is a fraction, 0.0001 is one basis point`);
  });
}

/** Runs of rows that each repeat the one before. */
function runs(atMs: Float64Array, lengthMin: number, code: BadTickCode, repeats: (row: number) => boolean, note: Findings): void {
  let first = 0;
  for (let row = 1; row <= atMs.length; row++) {
    if (row < atMs.length && repeats(row)) continue;
    const [start, length] = [first, row - first];
    first = row;
    if (length >= lengthMin) note(code, () => `${length} rows from ${at(atMs, start)}`);
  }
}

const at = (atMs: Float64Array, row: number): string => timeText(atMs[row] as number);
