import type { GreeksSource } from "./chain.ts";

/**
 * What a chain said of one contract through time, a row for each of its bars, as things stood when that bar closed. Bids and asks are
 * ticks, sizes and counts contracts; volatility a fraction a year and greeks in the units of `Greeks`, NaN where nobody knows them. A
 * bid of zero is a side that nobody quotes.
 */
export type ContractColumns = {
  readonly bid: Float64Array;
  readonly ask: Float64Array;
  readonly bidSize: Float64Array;
  readonly askSize: Float64Array;
  readonly openInterest: Float64Array;
  /** Contracts traded this day so far. */
  readonly dayVolume: Float64Array;
  readonly iv: Float64Array;
  readonly delta: Float64Array;
  readonly gamma: Float64Array;
  readonly theta: Float64Array;
  readonly vega: Float64Array;
  readonly source: GreeksSource;
};
