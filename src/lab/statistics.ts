const dayMs = 86_400_000;

/** The largest fall from a high, as a fraction of the high. */
export function maxDrawdown(equity: Float64Array, length: number): number {
  let peak = -Infinity;
  let worst = 0;
  for (let at = 0; at < length; at++) {
    const now = equity[at] ?? 0;
    if (now > peak) peak = now;
    else if (peak > 0) worst = Math.max(worst, 1 - now / peak);
  }
  return worst;
}

/** Returns from one UTC day's last value to the next; the first is from `start`. */
export function dailyReturns(atMs: Float64Array, equity: Float64Array, length: number, start: number): number[] {
  const returns: number[] = [];
  let before = start;
  for (let at = 0; at < length; at++) {
    const ends = at === length - 1 || Math.floor(((atMs[at] ?? 0) - 1) / dayMs) !== Math.floor(((atMs[at + 1] ?? 0) - 1) / dayMs);
    if (!ends) continue;
    const now = equity[at] ?? before;
    if (before > 0) returns.push(now / before - 1);
    before = now;
  }
  return returns;
}

/** A ratio of fewer days than this says nothing and is not printed. */
const ratioDaysMin = 10;

/** Sharpe (1994): mean daily return over its sample deviation, times the root of the days in a year; no risk-free rate. */
export function sharpe(returns: readonly number[], daysPerYear: number): number | null {
  if (returns.length < ratioDaysMin) return null;
  const mean = average(returns);
  const deviation = Math.sqrt(returns.reduce((sum, each) => sum + (each - mean) ** 2, 0) / (returns.length - 1));
  return deviation > 0 ? (mean / deviation) * Math.sqrt(daysPerYear) : null;
}

/** Sortino and Price (1994): mean daily return over its downside deviation from zero, over all days, annualised alike. */
export function sortino(returns: readonly number[], daysPerYear: number): number | null {
  if (returns.length < ratioDaysMin) return null;
  const downside = Math.sqrt(returns.reduce((sum, each) => sum + Math.min(0, each) ** 2, 0) / returns.length);
  return downside > 0 ? (average(returns) / downside) * Math.sqrt(daysPerYear) : null;
}

const average = (of: readonly number[]): number => of.reduce((sum, each) => sum + each, 0) / of.length;
