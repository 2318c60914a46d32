import type { Option } from "../../../words/instrument.ts";
import type { InstrumentId } from "../../../words/ids.ts";
import type { Price } from "../../../words/price.ts";

/**
 * Of one unit of the underlying, from one option held long: `delta` and `gamma` a unit of the underlying, `theta` a calendar day,
 * `vega` a point of volatility (0.01), `rho` a point of interest (0.01). Multiply by the contract's multiplier for money.
 */
export type Greeks = {
  readonly delta: number;
  readonly gamma: number;
  readonly theta: number;
  readonly vega: number;
  readonly rho: number;
};

/** Who worked the greeks out: the venue that sent the quote, or our own model because the venue sent none. */
export type GreeksSource = "venue" | "computed";
export type ChainGreeks = Greeks & { readonly source: GreeksSource };

/** One contract as it was quoted. A side that nobody quotes is a price of zero, which `checkChain` refuses. */
export type ChainQuote = {
  readonly instrument: Option;
  readonly bid: Price;
  readonly ask: Price;
  readonly last?: Price;
  /** Contracts; open interest is of the evening before, volume of the day so far. */
  readonly openInterest: number;
  readonly volume: number;
  /** A fraction a year: 0.25 is 25%. */
  readonly iv?: number;
  readonly greeks?: ChainGreeks;
  /** When this quote was last changed or confirmed; absent where the source stamps only the whole chain. */
  readonly quotedAt?: Temporal.Instant;
};

/** Every quoted option of one underlying at one instant. */
export type Chain = {
  readonly underlying: InstrumentId;
  readonly underlyingPrice: Price;
  readonly asOf: Temporal.Instant;
  /** Exchange-local dates, `YYYY-MM-DD`, soonest first. */
  readonly expiries: readonly string[];
  readonly quotes: readonly ChainQuote[];
};
