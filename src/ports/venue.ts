import type { Fill } from "../flow/fills/fill.ts";
import type { Adjustment, Borrow, Settlement } from "../flow/fills/settlement.ts";
import type { Order } from "../flow/orders/order.ts";
import type { CancelOutcome, CancelReason, PlaceOutcome, RejectReason } from "../flow/orders/outcome.ts";
import type { ClientOrderId, InstrumentId, TransactionId, VenueOrderId } from "../words/ids.ts";
import type { Money } from "../words/money.ts";
import type { OrderState } from "../words/order-words.ts";
import type { Price } from "../words/price.ts";
import type { Quantity } from "../words/quantity.ts";
import type { Rate } from "../words/rate.ts";
import type { Side } from "../words/side.ts";
import type { Eventually } from "./eventually.ts";

export type { CancelOutcome, CancelReason, PlaceOutcome, RejectReason } from "../flow/orders/outcome.ts";

/** An order as the venue's records hold it. */
export type VenueOrder = {
  readonly id: ClientOrderId;
  readonly venueOrder: VenueOrderId;
  readonly instrument: InstrumentId;
  readonly side: Side;
  readonly state: OrderState;
  readonly quantity: Quantity;
  readonly filled: Quantity;
  readonly limit?: Price;
  readonly stop?: Price;
  readonly conditional: boolean;
};

export type VenuePosition = {
  readonly instrument: InstrumentId;
  /** Signed. */
  readonly quantity: Quantity;
  readonly cost: Money;
};

/** A read that failed says nothing at all; above all not that nothing is there. */
export type Read<Value> = Value | "unavailable";

export type VenueBalance = { readonly cash: Money; readonly equity: Money };

/** What a venue's own clock says. */
export type VenueTime = {
  readonly at: Temporal.Instant;
  /** In what steps it is told: 1 where parts of a millisecond are cut off, 1,000 where only whole seconds are told. Zero is exact. */
  readonly stepMs: number;
};

/** What changes an account and is no fill, with the venue's own id for it: cash that moves, contracts that end, shares that split. */
export type VenuePayment = Extract<VenueReport, { readonly transaction: TransactionId }>;

/** What a venue says unasked, in the order it happened there. */
export type VenueReport =
  /** The acknowledgement on the stream; the answer to `place` may come before it, after it, or never. */
  | { readonly kind: "accepted"; readonly order: ClientOrderId; readonly venueOrder: VenueOrderId; readonly at: Temporal.Instant }
  /** An execution taken back. A correction is this and then a new execution under an id of its own. */
  | { readonly kind: "busted"; readonly fill: Fill; readonly at: Temporal.Instant }
  /**
   * Every `from` shares became `into`, whether any are held or not; prices divide accordingly. Orders that rested are cancelled before it,
   * fractions paid out, and options on the shares adjusted.
   */
  | {
      readonly kind: "split";
      readonly transaction: TransactionId;
      readonly instrument: InstrumentId;
      readonly from: number;
      readonly into: number;
      /** Contracts held on the shares that no listed one stands for now: they stay as they are and are paid out at their end. */
      readonly unadjusted?: readonly InstrumentId[];
      readonly at: Temporal.Instant;
    }
  | { readonly kind: "filled"; readonly fill: Fill; readonly remaining: Quantity }
  | { readonly kind: "triggered"; readonly order: ClientOrderId; readonly at: Temporal.Instant }
  | { readonly kind: "cancelled"; readonly order: ClientOrderId; readonly why: CancelReason; readonly at: Temporal.Instant }
  | {
      readonly kind: "rejected";
      readonly order: ClientOrderId;
      readonly reason: RejectReason;
      readonly detail: string;
      readonly at: Temporal.Instant;
    }
  | {
      readonly kind: "funding";
      readonly transaction: TransactionId;
      readonly instrument: InstrumentId;
      readonly rate: Rate;
      readonly price: Price;
      /** Positive when received. */
      readonly amount: Money;
      readonly at: Temporal.Instant;
    }
  | {
      readonly kind: "liquidation_fee";
      readonly transaction: TransactionId;
      readonly instrument: InstrumentId;
      readonly amount: Money;
      readonly at: Temporal.Instant;
    }
  /** Options at their end: worth nothing, exercised for us, or exercised against us (which may come early). */
  | ({ readonly kind: "expired" | "exercised" | "assigned"; readonly at: Temporal.Instant } & Settlement)
  /** Contracts that a split of what they are on has made `times` as many of another one. */
  | ({ readonly kind: "adjusted"; readonly at: Temporal.Instant } & Adjustment)
  | {
      readonly kind: "dividend";
      readonly transaction: TransactionId;
      readonly instrument: InstrumentId;
      /** A share. */
      readonly price: Price;
      /** Above zero when received, below when owed on shares sold short. */
      readonly amount: Money;
      readonly at: Temporal.Instant;
    }
  /** What shares cost that were short over so many days, at the price they closed at; `amount` is above zero when charged. */
  | ({ readonly kind: "borrow"; readonly at: Temporal.Instant } & Borrow);

/** A broker or exchange account. Only runtime/ holds one, so there is one door to it. */
export interface Venue {
  readonly name: string;
  /** What it can do by itself; what it cannot, the protect step does with orders of its own. */
  readonly able: { readonly brackets: boolean; readonly oco: boolean; readonly replace: boolean; readonly trailing: boolean };
  place(order: Order): Eventually<PlaceOutcome>;
  cancel(id: ClientOrderId, instrument: InstrumentId): Eventually<CancelOutcome>;
  /** Puts `order` in the place of `id` at once; when it is rejected the old one stays. */
  replace(id: ClientOrderId, order: Order): Eventually<PlaceOutcome>;
  find(id: ClientOrderId, instrument: InstrumentId): Eventually<VenueOrder | "absent" | "unknown">;
  openOrders(): Eventually<Read<readonly VenueOrder[]>>;
  /** Resting stops and other orders that open-order lists of many venues leave out. */
  conditionalOrders(): Eventually<Read<readonly VenueOrder[]>>;
  /** Oldest first. Venues cap this: the newest are there, older ones may not be. */
  executions(since: Temporal.Instant): Eventually<Read<readonly Fill[]>>;
  /** Oldest first, the very reports that were told; splits and what they made of options are among them. */
  payments(since: Temporal.Instant): Eventually<Read<readonly VenuePayment[]>>;
  positions(): Eventually<Read<readonly VenuePosition[]>>;
  balance(): Eventually<Read<VenueBalance>>;
  /** The clock that its stamps are made by; asked for by itself, so that what is lost on the way is no more than one answer. */
  time(): Eventually<Read<VenueTime>>;
  /** Whether `drain` has anything to give: asked at every bar. */
  readonly pending: boolean;
  /** Reports since the last call, oldest first; each is handed over once. */
  drain(): readonly VenueReport[];
}
