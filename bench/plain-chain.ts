/**
 * The floor of `bench/chain.ts`: one contract after the other with Newton's method on the Black-Scholes price, bisection when a step
 * leaves its bracket, as a hand would write it without regard for the rest of a program. Its error function is the seven-digit one of
 * Numerical Recipes, so it is also the less exact of the two.
 */
const erfc = (x: number): number => {
  const away = Math.abs(x);
  const t = 1 / (1 + 0.5 * away);
  const series = [
    0.17087277, -0.82215223, 1.48851587, -1.13520398, 0.27886807, -0.18628806, 0.09678418, 0.37409196, 1.00002368, -1.26551223,
  ];
  let sum = 0;
  for (const term of series) sum = sum * t + term;
  const tail = t * Math.exp(-away * away + sum);
  return x >= 0 ? tail : 2 - tail;
};

const chance = (x: number): number => 0.5 * erfc(-x * Math.SQRT1_2);
const density = (x: number): number => 0.398_942_280_401_432_7 * Math.exp(-0.5 * x * x);

export type PlainChain = {
  readonly underlying: number;
  readonly rate: number;
  readonly strike: Float64Array;
  readonly years: Float64Array;
  readonly call: Uint8Array;
  readonly bid: Float64Array;
  readonly ask: Float64Array;
};

const out = new Float64Array(6);

function price(call: boolean, underlying: number, strike: number, years: number, rate: number, volatility: number): number {
  const root = Math.sqrt(years);
  const d1 = (Math.log(underlying / strike) + (rate + 0.5 * volatility * volatility) * years) / (volatility * root);
  const d2 = d1 - volatility * root;
  const owed = strike * Math.exp(-rate * years);
  const [n1, n2, bell] = [chance(d1), chance(d2), density(d1)];
  const value = underlying * n1 - owed * n2;
  out[0] = call ? value : value - underlying + owed;
  out[1] = call ? n1 : n1 - 1;
  out[2] = bell / (underlying * volatility * root);
  out[3] = underlying * bell * root;
  out[4] = (-underlying * bell * volatility) / (2 * root) - rate * owed * (call ? n2 : n2 - 1);
  out[5] = years * owed * (call ? n2 : n2 - 1);
  return out[0] ?? 0;
}

/** Every quote to a volatility and greeks; the sum shows that the work was done. */
export function plainChain({ underlying, rate, strike, years, call, bid, ask }: PlainChain): number {
  let sum = 0;
  for (let at = 0; at < strike.length; at++) {
    const mid = ((bid[at] ?? 0) + (ask[at] ?? 0)) / 2;
    let [volatility, low, high] = [0.3, 1e-4, 5];
    for (let pass = 0; pass < 60; pass++) {
      const off = price(call[at] === 1, underlying, strike[at] ?? 0, years[at] ?? 0, rate, volatility) - mid;
      if (Math.abs(off) < 1e-8) break;
      if (off > 0) high = volatility;
      else low = volatility;
      const vega = out[3] ?? 0;
      const next = vega > 1e-10 ? volatility - off / vega : (low + high) / 2;
      volatility = next > low && next < high ? next : (low + high) / 2;
    }
    sum += volatility + (out[1] ?? 0);
  }
  return sum;
}
