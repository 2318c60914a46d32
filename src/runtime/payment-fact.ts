import type { AccountState } from "../journal/account-state.ts";
import type { Fact } from "../journal/fact.ts";
import { unnamedSplit } from "../journal/unnamed-split.ts";
import type { VenuePayment } from "../ports/venue.ts";

/** Whether it is in the books, by the venue's own id for it. */
export const isPaid = ({ told }: Pick<AccountState, "told">, payment: VenuePayment): boolean =>
  told.paid(payment.transaction) || (payment.kind === "split" && told.paid(unnamedSplit(payment, payment.at)));

const ended = { expired: "option_expired", exercised: "option_exercised", assigned: "option_assigned" } as const;

/** What the venue did by itself comes in, what the journal calls it goes out. */
export function paymentFact(report: VenuePayment): Fact {
  switch (report.kind) {
    case "funding": {
      const { transaction, instrument, rate, price, amount } = report;
      return { kind: "funding_paid", transaction, instrument, rate, price, amount };
    }
    case "liquidation_fee":
      return { kind: "liquidation_charged", transaction: report.transaction, instrument: report.instrument, amount: report.amount };
    case "dividend": {
      const { transaction, instrument, price, amount } = report;
      return { kind: "dividend_paid", transaction, instrument, price, amount };
    }
    case "borrow": {
      const { transaction, instrument, price, days, amount } = report;
      return { kind: "borrow_charged", transaction, instrument, price, days, amount };
    }
    case "split": {
      const { transaction, instrument, from, into } = report;
      return { kind: "shares_split", transaction, instrument, from, into };
    }
    case "adjusted": {
      const { transaction, instrument, quantity, became, times } = report;
      return { kind: "option_adjusted", transaction, instrument, quantity, became, times };
    }
    default: {
      const { kind, transaction, instrument, quantity, price, delivered } = report;
      return { kind: ended[kind], transaction, instrument, quantity, price, ...(delivered === undefined ? {} : { delivered }) };
    }
  }
}
