import type { OrderState } from "../../words/order-words.ts";
import { err, ok, type Result } from "../../words/result.ts";

/** What can be learned about an order, from the moment it is planned. */
export type OrderFact =
  | "sent"
  | "withheld"
  | "accepted"
  | "rejected"
  | "timed_out"
  | "part_filled"
  | "filled"
  | "triggered"
  | "cancel_asked"
  | "cancel_failed"
  | "cancelled"
  | "expired"
  | "found_absent";

export type NoSuchStep = { readonly code: "no_such_step"; readonly from: OrderState; readonly fact: OrderFact };

/**
 * The life cycle of an order on one screen. `lost` is UNKNOWN: it has no way to a finished state but evidence from the venue,
 * and no clock moves it.
 */
export const lifecycle = {
  planned: { sent: "sent", withheld: "withheld" },
  sent: {
    accepted: "working",
    rejected: "rejected",
    timed_out: "lost",
    part_filled: "part_filled", // a fill may overtake the acknowledgement
    filled: "filled",
    cancelled: "cancelled",
  },
  working: {
    accepted: "working", // an acknowledgement may come twice
    triggered: "working",
    part_filled: "part_filled",
    filled: "filled",
    cancel_asked: "cancelling",
    cancelled: "cancelled",
    expired: "expired",
    rejected: "rejected", // venues reject conditional orders as they trigger
  },
  part_filled: {
    accepted: "part_filled",
    triggered: "part_filled",
    part_filled: "part_filled",
    filled: "filled",
    cancel_asked: "cancelling",
    cancelled: "cancelled",
    expired: "expired",
  },
  cancelling: {
    part_filled: "cancelling", // the venue may win the race
    filled: "filled",
    cancelled: "cancelled",
    expired: "expired",
    cancel_failed: "working",
    triggered: "cancelling",
    timed_out: "cancelling", // no answer to a cancel leaves the order where it was: still ours
  },
  lost: {
    accepted: "working",
    rejected: "rejected",
    part_filled: "part_filled",
    filled: "filled",
    cancelled: "cancelled",
    expired: "expired",
    found_absent: "rejected", // asked in orders, history and executions after the visibility window
    timed_out: "lost",
  },
  cancelled: { part_filled: "cancelled", filled: "filled" }, // a late fill is real money
  expired: { part_filled: "expired", filled: "filled" },
  rejected: { part_filled: "part_filled", filled: "filled", accepted: "working" }, // the venue's records outrank its answers
  withheld: {}, // never left, so nothing can come back
  filled: {},
} as const satisfies Record<OrderState, Partial<Record<OrderFact, OrderState>>>;

export function step(from: OrderState, fact: OrderFact): Result<OrderState, NoSuchStep> {
  const row: Partial<Record<OrderFact, OrderState>> = lifecycle[from];
  const to = row[fact];
  return to === undefined ? err({ code: "no_such_step", from, fact }) : ok(to);
}

const over: Readonly<Record<OrderState, boolean>> = {
  planned: false,
  sent: false,
  working: false,
  part_filled: false,
  cancelling: false,
  lost: false,
  cancelled: true,
  expired: true,
  rejected: true,
  withheld: true,
  filled: true,
};

/** A finished order reserves nothing; every other state, UNKNOWN above all, keeps its remainder reserved. */
export const finished = (state: OrderState): boolean => over[state];
