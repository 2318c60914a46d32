import type { OrderFact } from "../flow/orders/lifecycle.ts";
import type { CancelOutcome, PlaceOutcome } from "../flow/orders/outcome.ts";
import type { FoundState } from "./fact.ts";

/** What an order learns from the venue's answer to it. */
export const placed = { accepted: "accepted", rejected: "rejected", unknown: "timed_out" } as const satisfies Record<
  PlaceOutcome["kind"],
  OrderFact
>;

/** What it learns from the answer to its cancel. */
export const cancelled = {
  cancelled: "cancelled",
  too_late: "cancel_failed",
  turned_away: "cancel_failed",
  unknown: "timed_out",
} as const satisfies Record<CancelOutcome["kind"], OrderFact>;

/** What it learns from the venue's record of it. Fills are learned from executions alone. */
export const foundAs = {
  working: "found_working",
  filled: "filled",
  cancelled: "cancelled",
  expired: "expired",
  rejected: "rejected",
} as const satisfies Record<FoundState, OrderFact>;
