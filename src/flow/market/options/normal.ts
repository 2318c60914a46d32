export const rootTwoPi = Math.sqrt(2 * Math.PI);
/** Below this the tail is less than the smallest double. */
const farthest = 37;
/** Where the rational form hands over to the continued fraction. */
const handOver = 7.071_067_811_865_47;

/**
 * The standard normal distribution to about 15 decimals (8 digits of a far tail): Hart, Computer Approximations (1968), algorithm 5666, in the
 * form of West, Better approximations to cumulative normal functions (Wilmott, 2005). Callers that need the density as well pass
 * `bell`, which is exp(-x²/2), so that it is worked out once.
 */
export function normalDistribution(x: number, bell = Math.exp(-0.5 * x * x)): number {
  const away = x < 0 ? -x : x;
  const tail = away < handOver ? near(away, bell) : far(away, bell);
  return x > 0 ? 1 - tail : tail;
}

function near(away: number, bell: number): number {
  let above = 3.52624965998911e-2 * away + 0.700383064443688;
  above = above * away + 6.37396220353165;
  above = above * away + 33.912866078383;
  above = above * away + 112.079291497871;
  above = above * away + 221.213596169931;
  above = above * away + 220.206867912376;
  let below = 8.83883476483184e-2 * away + 1.75566716318264;
  below = below * away + 16.064177579207;
  below = below * away + 86.7807322029461;
  below = below * away + 296.564248779674;
  below = below * away + 637.333633378831;
  below = below * away + 793.826512519948;
  below = below * away + 440.413735824752;
  return (bell * above) / below;
}

function far(away: number, bell: number): number {
  if (away > farthest) return 0;
  const fraction = away + 1 / (away + 2 / (away + 3 / (away + 4 / (away + 0.65))));
  return bell / (fraction * rootTwoPi);
}
