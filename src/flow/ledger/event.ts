import type { InstrumentId } from "../../words/ids.ts";
import type { Money } from "../../words/money.ts";
import type { Price } from "../../words/price.ts";
import type { Quantity } from "../../words/quantity.ts";
import type { Rate } from "../../words/rate.ts";
import type { Fill } from "../fills/fill.ts";

/** Why money left for a reason other than a fill's own fee. `borrow` is the cost of short stock, `interest` of a debit balance; a `dividend` is below zero when received. */
export type ChargeReason = "liquidation" | "model" | "borrow" | "interest" | "regulatory" | "dividend";

/** `amount` is above zero when received; `price` is the mark at which the venue computed it. */
export type FundingPaid = {
  readonly kind: "funding_paid";
  readonly instrument: InstrumentId;
  readonly rate: Rate;
  readonly price: Price;
  readonly amount: Money;
  readonly at: Temporal.Instant;
};

/** `value` is what changed hands, where quantity and price were turned into new shares since and their product is only near it. */
type BookedFill = Fill & { readonly value?: Money };

/** What the books can be told. Amounts are the venue's own; `at` is when it happened, in the venue's time. */
export type LedgerEvent =
  /** A deposit (above zero) or a withdrawal (below zero) of capital. */
  | { readonly kind: "cash_moved"; readonly amount: Money; readonly at: Temporal.Instant }
  | { readonly kind: "filled"; readonly fill: BookedFill }
  /** The venue took back an execution that was booked before. */
  | { readonly kind: "fill_busted"; readonly fill: BookedFill; readonly at: Temporal.Instant }
  | FundingPaid
  /** Every `from` shares became `into`, at the same cost. */
  | {
      readonly kind: "shares_split";
      readonly instrument: InstrumentId;
      readonly from: number;
      readonly into: number;
      readonly at: Temporal.Instant;
    }
  /**
   * After a split of what they are on, `quantity` contracts (signed) became `times` as many of another one, at the same cost; at `price`
   * each, where these books do not hold so many yet.
   */
  | {
      readonly kind: "contracts_adjusted";
      readonly instrument: InstrumentId;
      readonly quantity: Quantity;
      readonly became: InstrumentId;
      readonly times: number;
      readonly price: Price;
      readonly at: Temporal.Instant;
    }
  /** Above zero from the wallet into the position's own margin, below zero back. */
  | { readonly kind: "margin_moved"; readonly instrument: InstrumentId; readonly amount: Money; readonly at: Temporal.Instant }
  | {
      readonly kind: "fee_charged";
      readonly amount: Money;
      readonly why: ChargeReason;
      readonly instrument?: InstrumentId;
      readonly at: Temporal.Instant;
    };
