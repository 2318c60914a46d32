import type { AccountId } from "../../words/ids.ts";
import type { Instrument } from "../../words/instrument.ts";
import type { Money } from "../../words/money.ts";
import type { Instants } from "../../words/instant.ts";
import type { MarginMode } from "../../words/order-words.ts";
import type { Rate } from "../../words/rate.ts";
import type { Venue } from "../../ports/venue.ts";

/** How the simulated venue trades and charges. */
export type VenueSettings = {
  readonly account: AccountId;
  readonly instruments: readonly Instrument[];
  readonly seed: string | number;
  /** The clock's own, where there is one: an order and the decision that sent it share theirs. */
  readonly instants?: Instants;
  /** The clock that its owner plays it by, and the venue's own then: whole UTC milliseconds. Without one its time is that of the last thing that happened. */
  readonly nowMs?: () => number;
  readonly startCash: Money;
  /** Fractions of notional; a negative maker fee is a rebate. */
  readonly makerFee: Rate;
  readonly takerFee: Rate;
  /** What a contract of an option costs to trade, each way, instead of a fraction of its premium; brokers of options charge so. */
  readonly feePerContract?: Money;
  /** The whole spread, around bar prices. A taker pays half of it; quotes bring their own. */
  readonly spreadBps: number;
  /** What every taker pays beyond the spread when bars, not quotes, drive the market. */
  readonly slippageBps: number;
  /** A further slippage drawn for each taker fill, uniform from zero up to this. Zero by default. */
  readonly slippageJitterBps?: number;
  /** What shares cost that are lent for a short sale, a year; nothing by default (borrow.ts). */
  readonly borrowRate?: Rate;
  /** Whole milliseconds from `place` to the market. */
  readonly latencyMs: number;
  /** The share of a bar's volume that all our orders of one side may take together, from 0 to 1. */
  readonly participation: number;
  /** Of perpetuals, 1 or more; everything else is paid in full. */
  readonly leverage: number;
  readonly marginMode: MarginMode;
  /** Whether a limit fills when the price only touches it. False by default: it must trade through by a tick. */
  readonly touchFills?: boolean;
  /** Whether the stream tells of every acceptance beside the answer. False by default. */
  readonly acknowledges?: boolean;
  /** Whether options may be sold short, against what they could cost at worst: shares or cash (secured.ts). False by default. */
  readonly optionShorts?: boolean;
  /** What orders over several contracts trade at: each leg's own quote, which is the default, or the middle of it. */
  readonly comboPrice?: "natural" | "mid";
  /** Whether options in the money are paid out at their end, as those on indices are. By default 100 shares change hands a contract. */
  readonly cashSettled?: boolean;
  readonly able?: Venue["able"];
};
