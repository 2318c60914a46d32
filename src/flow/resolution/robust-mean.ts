/** Weighted values come in; a middle that a single wild one cannot move far goes out. */

export type Weighed = { readonly value: number; readonly weight: number };

/** 95% as good as the mean where there is nothing wild (Huber 1964), and a standard deviation from the median deviation. */
const tuning = 1.345;
const deviationOfMad = 1.4826;
const rounds = 50;

/**
 * Huber's M-estimate of location ("Robust Estimation of a Location Parameter", Annals of Mathematical Statistics 35, 1964) by iteratively
 * reweighted means from the median, its scale the median absolute deviation. Undefined without a positive weight.
 */
export function huberMean(values: readonly Weighed[]): number | undefined {
  const counted = values.filter(({ weight }) => weight > 0);
  if (counted.length === 0) return undefined;
  let middle = median(counted.map(({ value }) => value));
  const scale = deviationOfMad * median(counted.map(({ value }) => Math.abs(value - middle)));
  // More than half say the same: that is the answer, and there is no scale to hold the rest against.
  if (scale === 0) return middle;
  for (let round = 0; round < rounds; round++) {
    let [total, weights] = [0, 0];
    for (const { value, weight } of counted) {
      const away = Math.abs(value - middle) / scale;
      const counts = weight * (away <= tuning ? 1 : tuning / away);
      total += counts * value;
      weights += counts;
    }
    const next = total / weights;
    if (Math.abs(next - middle) < 1e-12) return next;
    middle = next;
  }
  return middle;
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const half = sorted.length / 2;
  return Number.isInteger(half) ? ((sorted[half - 1] ?? 0) + (sorted[half] ?? 0)) / 2 : (sorted[Math.floor(half)] ?? 0);
}
