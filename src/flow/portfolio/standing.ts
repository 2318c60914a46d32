import type { ClientOrderId, CorrelationId, InstrumentId, IntentId } from "../../words/ids.ts";
import type { Money } from "../../words/money.ts";
import type { KillLevel, MarginMode, OrderState, OrderType, Purpose } from "../../words/order-words.ts";
import type { Price } from "../../words/price.ts";
import type { Quantity } from "../../words/quantity.ts";
import type { Side } from "../../words/side.ts";
import type { KnownClock } from "../../words/clock-skew.ts";
import type { MarketMeasures } from "../market/measures.ts";
import type { GroupStanding } from "./group-standing.ts";
import type { Position } from "./position.ts";

/** An order that is not finished: planned, working, cancelling or UNKNOWN. Its remainder is reserved exposure. */
export type OpenOrder = {
  readonly id: ClientOrderId;
  readonly intent: IntentId;
  readonly correlation: CorrelationId;
  readonly instrument: InstrumentId;
  readonly side: Side;
  readonly purpose: Purpose;
  readonly type: OrderType;
  readonly state: OrderState;
  readonly quantity: Quantity;
  readonly filled: Quantity;
  readonly limit?: Price | undefined;
  readonly stop?: Price | undefined;
  readonly reduceOnly: boolean;
  readonly plannedAt: Temporal.Instant;
};

/** Exposure held for something that is not an order yet: an intent between rails and order, or one that waits for a person. */
export type Reservation = {
  readonly intent: IntentId;
  readonly instrument: InstrumentId;
  readonly side: Side;
  readonly notional: Money;
};

/** A risk-carrying message that left or tried to; rejected ones count too. */
export type SentOrder = {
  readonly id: ClientOrderId;
  readonly instrument: InstrumentId;
  readonly side: Side;
  readonly purpose: Purpose;
  readonly quantity: Quantity;
  readonly sentAt: Temporal.Instant;
};

/** What the desk wants around a position: kept by the protect step until it is replaced or the position is gone. */
export type ProtectionPlan = {
  readonly instrument: InstrumentId;
  readonly intent: IntentId;
  readonly correlation: CorrelationId;
  readonly stopLoss?: Price | undefined;
  readonly takeProfit?: Price | undefined;
};

export type LatchName = "kill" | "daily_loss" | "drawdown" | "repeated_execution" | "ledger_mismatch" | "weekly_loss" | "local_only";

/** A limit that fired and stays fired until a person, or the next trading day for `daily_loss`, clears it. */
export type Latch = {
  readonly name: LatchName;
  readonly level: KillLevel;
  readonly by: string;
  readonly reason: string;
  readonly latchedAt: Temporal.Instant;
};

/**
 * What we hold, what is reserved and what we did lately: a fold of the journal, read by context and rails.
 * Reads are cheap and change nothing.
 */
export interface Standing {
  /** How a new position is margined, and at which leverage: what an isolated one brings along is its notional over it. */
  readonly marginMode: MarginMode;
  readonly leverage: number;
  readonly cash: Money;
  readonly positions: readonly Position[];
  position(instrument: InstrumentId): Position | undefined;
  readonly openOrders: readonly OpenOrder[];
  openOrder(id: ClientOrderId): OpenOrder | undefined;
  /** True for every id that was ever planned, also long finished ones. */
  knowsOrder(id: ClientOrderId): boolean;
  readonly reservations: readonly Reservation[];
  protection(instrument: InstrumentId): ProtectionPlan | undefined;
  /** Orders sent within the longest window that any rail asks for, oldest first. */
  readonly sentOrders: readonly SentOrder[];
  /** Entries of this instrument that filled, whole or in part, within the last hour and that no person has looked at since. */
  entriesFilledSince(instrument: InstrumentId, since: Pick<Temporal.Instant, "epochMilliseconds">): number;
  readonly latches: readonly Latch[];
  readonly killLevel: KillLevel;
  readonly dayStartEquity: Money;
  /** Equity as the week's first trading day began; weeks start on Monday. Where it and the next two are absent, rails that ask for them refuse. */
  readonly weekStartEquity?: Money | undefined;
  /** Notional of everything filled since the trading day began. */
  readonly tradedToday?: Money | undefined;
  /** As they were measured last. */
  readonly measures?: MarketMeasures | undefined;
  readonly measured?: {
    /** The other accounts of the group that this one shares a budget with. */
    readonly group?: GroupStanding | undefined;
    /** The venue's own; undefined where it was never anything but ours. */
    readonly clock?: KnownClock | undefined;
    /** Of an option, in the newest snapshot; undefined where nobody knows it. */
    deltaOf(instrument: InstrumentId): number | undefined;
  };
  readonly peakEquity: Money;
  /** Account equity at the marks of the newest snapshot. */
  readonly equity: Money;
}
