import type { Adjustment, Borrow, Settlement } from "../flow/fills/settlement.ts";
import type { InstrumentId, TransactionId } from "../words/ids.ts";
import type { Money } from "../words/money.ts";
import type { Price } from "../words/price.ts";

/** What a venue does to what is held without an order (OPT-13). */
export type SettlementFact =
  /** Out of the money at its end: worth nothing. */
  | ({ readonly kind: "option_expired" } & Settlement)
  /** Ours were exercised, by the venue at their end. */
  | ({ readonly kind: "option_exercised" } & Settlement)
  /** Somebody exercised against ours. */
  | ({ readonly kind: "option_assigned" } & Settlement)
  /** A split of what they are on made others of them. */
  | ({ readonly kind: "option_adjusted" } & Adjustment)
  /** What lending cost of shares that were short. */
  | ({ readonly kind: "borrow_charged" } & Borrow)
  /** `price` a share; `amount` is above zero when received, below when owed on shares sold short. */
  | {
      readonly kind: "dividend_paid";
      readonly transaction: TransactionId;
      readonly instrument: InstrumentId;
      readonly price: Price;
      readonly amount: Money;
    };
