import type { LedgerEvent } from "../flow/ledger/event.ts";
import type { Position } from "../flow/portfolio/position.ts";
import { msOf } from "../words/instant.ts";
import { negate } from "../words/money.ts";
import { unreachable } from "../words/invariant.ts";
import type { FactOf } from "./fact.ts";

/** Money that a venue moves without an order of ours, each movement by a transaction of its own. */
export type Payment = FactOf<"funding_paid" | "dividend_paid" | "liquidation_charged" | "borrow_charged">;

/** Such a fact comes in, with when it was made and what is held of its instrument; what the books are told of it goes out. */
export function paymentEvent(fact: Payment, at: Temporal.Instant, held: Position | undefined): LedgerEvent {
  const { instrument, amount } = fact;
  switch (fact.kind) {
    case "funding_paid":
      return { kind: "funding_paid", instrument, rate: fact.rate, price: fact.price, amount, at };
    case "dividend_paid":
      return { kind: "fee_charged", why: "dividend", instrument, amount: negate(amount), at };
    case "borrow_charged": {
      // Told late it may find another position than the one that owed it: that one's trade bears it (trade-log.ts).
      const owes = held !== undefined && held.quantity < 0n && msOf(held.openedAt) < msOf(at);
      return { kind: "fee_charged", why: "borrow", ...(owes ? { instrument } : {}), amount, at };
    }
    case "liquidation_charged":
      return { kind: "fee_charged", why: "liquidation", instrument, amount, at };
    default:
      return unreachable(fact);
  }
}
