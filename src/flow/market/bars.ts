import type { Instrument } from "../../words/instrument.ts";
import type { Interval } from "../../words/interval.ts";
import type { CorporateAction } from "./corporate-action.ts";
import type { ContractColumns } from "./options/contract-columns.ts";

/**
 * Candles as columns. Prices are whole ticks and volume whole lots of the instrument, as integers in doubles,
 * exact below 2^53. `openMs` is the UTC open time in milliseconds, strictly increasing; a missing bar is a gap, never a copy.
 */
export type Bars = {
  readonly instrument: Instrument;
  readonly interval: Interval;
  readonly length: number;
  readonly openMs: Float64Array;
  readonly open: Float64Array;
  readonly high: Float64Array;
  readonly low: Float64Array;
  readonly close: Float64Array;
  readonly volume: Float64Array;
  /** Of options, a row for each bar: they trade on their own quotes. */
  readonly contract?: ContractColumns;
};

/** A value that holds from its instant on, such as a mark price or open interest. `atMs` is strictly increasing. */
export type Series = {
  readonly instrument: Instrument;
  readonly length: number;
  readonly atMs: Float64Array;
  /** Exact numbers in units of 10^-12 (see words/exact.ts). */
  readonly value: readonly bigint[];
};

/** All that history knows of one instrument over a window; kinds that were not imported are absent. */
export type AssetHistory = {
  readonly instrument: Instrument;
  readonly bars: Bars;
  /** Funding rate paid at each instant, as a fraction of notional; longs pay when it is positive. */
  readonly funding?: Series;
  readonly mark?: Series;
  readonly openInterest?: Series;
  /** Of shares, where their prices are as they were traded and not adjusted for these. */
  readonly actions?: readonly CorporateAction[];
};
