import { priceInto } from "../../flow/market/options/black-scholes.ts";
import { solveVolatility } from "../../flow/market/options/implied-volatility.ts";
import type { MarketRates } from "../../flow/market/options/value-chain.ts";

/** A quoted option in plain numbers; `middle` is its price, `years` what is left of it. */
export type Worked = {
  readonly call: boolean;
  readonly underlying: number;
  readonly strike: number;
  readonly years: number;
  readonly middle: number;
};

/** The volatility behind a mid, which is returned, with its greeks in `into`; NaN throughout where none explains it. `start` is a guess. */
export function workOut(of: Worked, { rate, dividendYield }: MarketRates, start: number, into: Float64Array): number {
  const { call, underlying, strike, years, middle } = of;
  const found = years > 0 ? solveVolatility(call, underlying, strike, years, rate, dividendYield, middle, start > 0 ? start : 0) : Number.NaN;
  if (found > 0) priceInto(into, 0, call, underlying, strike, years, rate, dividendYield, found);
  else into.fill(Number.NaN);
  return found;
}
