import type { VenueOrderId } from "../../words/ids.ts";
import type { OrderState } from "../../words/order-words.ts";

export type RejectReason =
  | "insufficient_margin"
  | "below_minimum"
  | "bad_precision"
  | "bad_price"
  | "reduce_only"
  | "duplicate_id"
  | "unknown_instrument"
  | "market_closed"
  | "halted"
  | "leverage"
  | "would_trigger"
  | "post_trade_limit"
  /** The venue turned the message away before it looked at it: too many, or closed for maintenance. */
  | "rate_limited"
  | "maintenance"
  | "other";

/** `unknown` is no answer at all: the order may or may not exist, and only the venue's own records can say. */
export type PlaceOutcome =
  | { readonly kind: "accepted"; readonly venueOrder: VenueOrderId; readonly at: Temporal.Instant }
  | {
      readonly kind: "rejected";
      readonly reason: RejectReason;
      readonly detail: string;
      /** Where the venue forbids any message until then. */
      readonly retryAt?: Temporal.Instant;
      readonly at: Temporal.Instant;
    }
  | { readonly kind: "unknown"; readonly detail: string; readonly at: Temporal.Instant };

export type CancelOutcome =
  | { readonly kind: "cancelled"; readonly at: Temporal.Instant }
  | { readonly kind: "too_late"; readonly state: OrderState; readonly at: Temporal.Instant }
  /** Turned away unread: the order is where it was. */
  | {
      readonly kind: "turned_away";
      readonly reason: "rate_limited" | "maintenance";
      readonly retryAt?: Temporal.Instant;
      readonly at: Temporal.Instant;
    }
  | { readonly kind: "unknown"; readonly detail: string; readonly at: Temporal.Instant };

export type CancelReason =
  | "asked"
  | "replaced"
  | "ioc"
  | "fok"
  | "oco"
  | "reduce_only"
  | "expired"
  | "liquidation"
  | "halted"
  | "split"
  | "venue";
