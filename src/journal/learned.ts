import type { OrderFact } from "../flow/orders/lifecycle.ts";
import type { CancelOutcome, PlaceOutcome } from "../flow/orders/outcome.ts";
import { unreachable } from "../words/invariant.ts";
import type { FactOf, FoundState } from "./fact.ts";

/** What an order learns from the venue's answer to it. */
export const placed = { accepted: "accepted", rejected: "rejected", unknown: "timed_out" } as const satisfies Record<
  PlaceOutcome["kind"],
  OrderFact
>;

/** What it learns from the answer to its cancel. */
const cancelled = {
  cancelled: "cancelled",
  too_late: "cancel_failed",
  turned_away: "cancel_failed",
  unknown: "timed_out",
} as const satisfies Record<CancelOutcome["kind"], OrderFact>;

/** What it learns from the venue's record of it. Fills are learned from executions alone. */
const foundAs = {
  working: "found_working",
  filled: "filled",
  cancelled: "cancelled",
  expired: "expired",
  rejected: "rejected",
} as const satisfies Record<FoundState, OrderFact>;

/** Facts that say of one order, by its id, what became of it. */
export type Learning = FactOf<
  | "order_withheld"
  | "cancel_planned"
  | "cancel_answered"
  | "order_accepted"
  | "order_found"
  | "order_absent"
  | "order_triggered"
  | "order_cancelled"
  | "order_rejected"
>;

/** What an order learns from such a fact. */
export function learnedOf(fact: Learning): OrderFact {
  switch (fact.kind) {
    case "order_withheld":
      return "withheld";
    case "cancel_planned":
      return "cancel_asked";
    case "cancel_answered":
      return cancelled[fact.outcome.kind];
    case "order_accepted":
      return "accepted";
    case "order_found":
      return foundAs[fact.state];
    case "order_absent":
      return "found_absent";
    case "order_triggered":
      return "triggered";
    case "order_cancelled":
      return "cancelled";
    case "order_rejected":
      return "rejected";
    default:
      return unreachable(fact);
  }
}

/** Of an order that is already over this would be a fault of ours; everything else venues may say again of what has ended. */
export const mustBeOpen = (fact: Learning): boolean =>
  fact.kind === "order_withheld" || (fact.kind === "order_found" && fact.state === "working");
