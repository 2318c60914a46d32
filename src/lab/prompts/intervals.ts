import { invariant } from "../../words/invariant.ts";
import { Random } from "../../sim/random.ts";

/** A figure with its 95% interval. */
export type Interval95 = { readonly value: number; readonly low: number; readonly high: number };

const z95 = 1.959963984540054;

/** Wilson (1927): the interval of a share that holds for few trials and for shares near 0 and 1; null without a trial. */
export function wilson(successes: number, trials: number): Interval95 | null {
  if (trials === 0) return null;
  const share = successes / trials;
  const square = z95 * z95;
  const middle = (share + square / (2 * trials)) / (1 + square / trials);
  const half = (z95 / (1 + square / trials)) * Math.sqrt((share * (1 - share)) / trials + square / (4 * trials * trials));
  // At the ends the formula is exact and the arithmetic is not.
  const low = successes === 0 ? 0 : middle - half;
  const high = successes === trials ? 1 : middle + half;
  return { value: share, low, high };
}

const draws = 2_000;

/** Efron (1979): the mean with the percentiles of 2,000 resampled ones, seeded, so that a report is the same again; null below two values. */
export function bootstrapMean(values: readonly number[], seed: string): Interval95 | null {
  const { length } = values;
  if (length < 2) return null;
  const random = new Random(seed).fork("bootstrap");
  const means = new Float64Array(draws);
  for (let draw = 0; draw < draws; draw++) {
    let sum = 0;
    for (let n = 0; n < length; n++) sum += values[Math.floor(random.next() * length)] ?? 0;
    means[draw] = sum / length;
  }
  means.sort();
  const at = (share: number): number => means[Math.round(share * (draws - 1))] ?? Number.NaN;
  return { value: values.reduce((sum, each) => sum + each, 0) / length, low: at(0.025), high: at(0.975) };
}

/** Two-sided sign test (Arbuthnot 1710): how likely so uneven a split is when both ways are equally likely; 1 where nothing moved. */
export function signTest(up: number, down: number): number {
  const moved = up + down;
  // Beyond this the first term is below the smallest double.
  invariant(moved <= 1_000, "a sign test is over at most 1000 pairs");
  const fewer = Math.min(up, down);
  let term = 1;
  for (let n = 0; n < moved; n++) term /= 2;
  let tail = 0;
  for (let k = 0; k <= fewer; k++) {
    tail += term;
    term = (term * (moved - k)) / (k + 1);
  }
  return Math.min(1, 2 * tail);
}
