import type { InstrumentId } from "../../words/ids.ts";
import type { Money } from "../../words/money.ts";
import type { MarginMode } from "../../words/order-words.ts";
import type { Price } from "../../words/price.ts";
import type { Quantity } from "../../words/quantity.ts";

/** What is held of one instrument, as the ledger knows it. Flat positions are absent, not zero. */
export type Position = {
  readonly instrument: InstrumentId;
  /** Signed: above zero is long, below zero is short. */
  readonly quantity: Quantity;
  /** What the open quantity cost at entry, always positive: average price times quantity times multiplier. */
  readonly cost: Money;
  /** Derived from `cost`, rounded half to even; for people and rails, never for booking. */
  readonly averageEntry: Price;
  readonly openedAt: Temporal.Instant;
  readonly marginMode: MarginMode;
  /** Collateral set aside for this position alone; zero in cross mode. */
  readonly isolatedMargin: Money;
  /** Since the position was opened. Fees are positive when paid; funding is positive when received. */
  readonly realised: Money;
  readonly fees: Money;
  readonly funding: Money;
};
