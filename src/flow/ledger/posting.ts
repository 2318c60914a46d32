import type { InstrumentId } from "../../words/ids.ts";
import type { Money } from "../../words/money.ts";

/**
 * Debits are above zero and credits below, so what we own and what we paid is positive, what we put in and earned is negative.
 * `inventory` holds assets bought with cash, at cost (negative when sold short); `margin` holds isolated collateral.
 */
export type Account =
  | "capital"
  | "cash"
  | "realised"
  | "fees"
  | "funding"
  | "liquidation_fees"
  | "model_costs"
  | `inventory:${InstrumentId}`
  | `margin:${InstrumentId}`;

export type Entry = { readonly account: Account; readonly amount: Money };

/** What one event did to the books; the amounts sum to exactly zero. An event that moves no money has no entries. */
export type Posting = {
  readonly entries: readonly Entry[];
  /**
   * Funding only: what the venue booked minus what our position, its mark and its rate give, present when the two differ by more
   * than the venue's rounding. The venue's amount is in the books; the difference is for reconciliation to act on.
   */
  readonly fundingDifference?: Money;
};

export type LedgerTotals = {
  readonly capital: Money;
  readonly realised: Money;
  /** Positive when paid; rebates lower it. */
  readonly fees: Money;
  /** Positive when received. */
  readonly funding: Money;
  readonly liquidationFees: Money;
  readonly modelCosts: Money;
};
