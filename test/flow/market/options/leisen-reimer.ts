import type { OptionTerms } from "../../../../src/flow/market/options/black-scholes.ts";

/** Peizer and Pratt's inversion (method 2) of the normal distribution for an odd number of steps. */
function inverted(d: number, steps: number): number {
  const part = d / (steps + 1 / 3 + 0.1 / (steps + 1));
  return 0.5 + Math.sign(d) * Math.sqrt(0.25 - 0.25 * Math.exp(-part * part * (steps + 1 / 6)));
}

/**
 * The oracle: a binomial tree by Leisen and Reimer, Binomial Models for Option Valuation (1996), which shares no formula with the closed
 * forms. `steps` is odd.
 */
export function leisenReimer(of: OptionTerms, american: boolean, volatility: number, steps: number): number {
  const { right, underlying, strike, years, rate, dividendYield } = of;
  const spread = volatility * Math.sqrt(years);
  const d1 = (Math.log(underlying / strike) + (rate - dividendYield + (volatility * volatility) / 2) * years) / spread;
  const p = inverted(d1 - spread, steps);
  const dt = years / steps;
  const grown = Math.exp((rate - dividendYield) * dt);
  const up = (grown * inverted(d1, steps)) / p;
  const down = (grown - p * up) / (1 - p);
  const discount = Math.exp(-rate * dt);
  const pays = (at: number, downs: number): number => {
    const price = underlying * up ** (at - downs) * down ** downs;
    return Math.max(0, right === "call" ? price - strike : strike - price);
  };
  const values = Float64Array.from({ length: steps + 1 }, (_, downs) => pays(steps, downs));
  for (let at = steps - 1; at >= 0; at--)
    for (let downs = 0; downs <= at; downs++) {
      const held = discount * (p * values[downs]! + (1 - p) * values[downs + 1]!);
      values[downs] = american ? Math.max(held, pays(at, downs)) : held;
    }
  return values[0]!;
}
