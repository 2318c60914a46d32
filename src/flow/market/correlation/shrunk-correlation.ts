/** Correlations of every pair, 1 on the diagonal, in the order of the series; `shrinkage` is how far they were drawn to their mean, 0..1. */
export type ShrunkCorrelation = { readonly correlations: readonly (readonly number[])[]; readonly shrinkage: number };

/**
 * Returns of several series over the same days come in; their correlations drawn toward the mean correlation go out. With as many series as days
 * a sample correlation is mostly noise. Source: Ledoit and Wolf, "Honey, I Shrunk the Sample Covariance Matrix", Journal of Portfolio
 * Management 30 (2004), constant-correlation target; pi, rho and gamma are theirs. A series that never moves correlates with nothing.
 */
export function shrunkCorrelation(returns: readonly (readonly number[])[]): ShrunkCorrelation {
  const days = returns[0]?.length ?? 0;
  const count = returns.length;
  const centred = returns.map((series) => {
    const mean = series.reduce((sum, value) => sum + value, 0) / days;
    return series.map((value) => value - mean);
  });
  const covariance = centred.map((one) => centred.map((other) => meanProduct(one, other, days)));
  const at = (i: number, j: number): number => covariance[i]?.[j] ?? 0;
  const deviation = centred.map((_, i) => Math.sqrt(at(i, i)));
  const moves = (i: number): boolean => (deviation[i] ?? 0) > 0;
  const scale = (i: number, j: number): number => (deviation[i] ?? 0) * (deviation[j] ?? 0);
  const sample = (i: number, j: number): number => (scale(i, j) > 0 ? at(i, j) / scale(i, j) : 0);

  let total = 0;
  let pairs = 0;
  for (let i = 0; i < count; i++)
    for (let j = 0; j < count; j++)
      if (i !== j && moves(i) && moves(j)) {
        total += sample(i, j);
        pairs++;
      }
  const mean = pairs === 0 ? 0 : total / pairs;

  let [pi, rho, gamma] = [0, 0, 0];
  for (let i = 0; i < count; i++)
    for (let j = 0; j < count; j++) {
      const [one = [], other = []] = [centred[i], centred[j]];
      let squares = 0;
      let cubes = 0;
      for (let day = 0; day < days; day++) {
        const [x = 0, y = 0] = [one[day], other[day]];
        squares += x * x * y * y;
        cubes += x * x * x * y;
      }
      const variance = squares / days - at(i, j) ** 2;
      pi += variance;
      if (i === j) {
        rho += variance;
        continue;
      }
      if (moves(i) && moves(j)) rho += mean * ((deviation[j] ?? 0) / (deviation[i] ?? 1)) * (cubes / days - at(i, i) * at(i, j));
      gamma += (at(i, j) - mean * scale(i, j)) ** 2;
    }
  // Where the sample is the target already there is nothing to draw it to.
  const shrinkage = gamma > 0 ? Math.max(0, Math.min(1, (pi - rho) / gamma / days)) : 1;
  const correlations = centred.map((_, i) =>
    centred.map((_other, j) => {
      if (i === j) return 1;
      return moves(i) && moves(j) ? shrinkage * mean + (1 - shrinkage) * sample(i, j) : 0;
    }),
  );
  return { correlations, shrinkage };
}

function meanProduct(one: readonly number[], other: readonly number[], days: number): number {
  let sum = 0;
  for (let day = 0; day < days; day++) sum += (one[day] ?? 0) * (other[day] ?? 0);
  return sum / days;
}
