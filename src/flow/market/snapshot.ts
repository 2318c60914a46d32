import type { InstrumentId } from "../../words/ids.ts";
import type { Interval } from "../../words/interval.ts";
import type { Price } from "../../words/price.ts";
import type { Quantity } from "../../words/quantity.ts";
import type { Rate } from "../../words/rate.ts";
import type { News } from "./news.ts";
import type { ContractView } from "./options/contract-view.ts";

export type MarketStatus = "open" | "halted" | "auction" | "closed";

/** The newest prices of one instrument and when the venue made them. */
export type Quote = {
  readonly instrument: InstrumentId;
  readonly bid: Price;
  readonly ask: Price;
  readonly last: Price;
  /** What margin and liquidation are reckoned with; the last price where the venue has no mark. */
  readonly mark: Price;
  readonly status: MarketStatus;
  readonly quotedAt: Temporal.Instant;
};

/** One interval of one asset as plain numbers: completed bars only, newest first. For proposers; never for money. */
export type FrameSnapshot = {
  readonly interval: Interval;
  /** Completed bars seen so far; indicators that are not ready yet are absent from `values`. */
  readonly bars: number;
  readonly closes: readonly number[];
  readonly volumes: readonly number[];
  /** Indicator values by name, price-like ones in currency. */
  readonly values: Readonly<Record<string, number>>;
};

/** Resting size near the touch; absent where the feed has no book. */
export type BookSummary = {
  readonly spreadBps: number;
  readonly bidDepth: Quantity;
  readonly askDepth: Quantity;
};

export type AssetSnapshot = {
  readonly quote: Quote;
  readonly fundingRate?: Rate;
  readonly fundingNextAt?: Temporal.Instant;
  readonly openInterest?: Quantity;
  readonly book?: BookSummary;
  /** Of options. */
  readonly contract?: ContractView;
  readonly frames: readonly FrameSnapshot[];
};

export type LeftOutReason = "no_data" | "stale" | "warming_up" | "feed_failed";

/** Everything a cycle may know of the market. It is journalled whole, so that the decision can be made again from it (LINE-8). */
export type MarketSnapshot = {
  readonly takenAt: Temporal.Instant;
  readonly assets: readonly AssetSnapshot[];
  /** An asset whose data fails is left out and said so; the decision goes on (PERP-2). */
  readonly leftOut: readonly { readonly instrument: InstrumentId; readonly why: LeftOutReason }[];
  /** Absent where nobody reads any. */
  readonly news?: News;
};
