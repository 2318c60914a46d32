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
  | "found_working"
  | "found_absent";

export type NoSuchStep = { readonly code: "no_such_step"; readonly from: OrderState; readonly fact: OrderFact };

/** What a finished order still hears: its own echo, and answers to what was asked before it ended. */
const echoes = <State extends OrderState>(state: State) =>
  ({
    sent: state,
    accepted: state,
    timed_out: state,
    triggered: state,
    cancel_asked: state,
    cancel_failed: state,
    cancelled: state,
    expired: state,
    rejected: state,
    found_working: "working", // what the venue's records show outranks whatever was answered before
  }) as const;

/**
 * The life cycle of an order on one screen. `lost` is UNKNOWN: it has no way to a finished state but evidence from the venue,
 * and no clock moves it. Venues repeat and reorder themselves, so what they may say of an order has a cell in every state; an empty
 * cell is a bug of ours.
 */
export const lifecycle = {
  planned: {
    sent: "sent",
    withheld: "withheld",
    timed_out: "lost", // a crash between plan and answer: it may have left
    accepted: "working", // the venue's stream may overtake our own note that it was sent
    rejected: "rejected",
    triggered: "working",
    part_filled: "part_filled",
    filled: "filled",
    cancelled: "cancelled",
    expired: "expired",
    cancel_asked: "planned",
    cancel_failed: "planned",
    found_working: "working",
  },
  sent: {
    sent: "sent",
    accepted: "working",
    rejected: "rejected",
    timed_out: "lost",
    triggered: "working",
    part_filled: "part_filled", // a fill may overtake the acknowledgement
    filled: "filled",
    cancelled: "cancelled",
    expired: "expired",
    cancel_asked: "sent", // there may be nothing to cancel yet: the answer to the order itself is still to come
    cancel_failed: "sent",
    found_working: "working",
  },
  working: {
    sent: "working",
    accepted: "working", // an acknowledgement may come twice
    timed_out: "working", // the answer is missing, the order is not
    triggered: "working",
    part_filled: "part_filled",
    filled: "filled",
    cancel_asked: "cancelling",
    cancel_failed: "working",
    cancelled: "cancelled",
    expired: "expired",
    rejected: "rejected", // venues reject conditional orders as they trigger
    found_working: "working",
  },
  part_filled: {
    sent: "part_filled",
    accepted: "part_filled",
    timed_out: "part_filled",
    triggered: "part_filled",
    part_filled: "part_filled",
    filled: "filled",
    cancel_asked: "cancelling",
    cancel_failed: "part_filled",
    cancelled: "cancelled",
    expired: "expired",
    rejected: "rejected", // the rest of it
    found_working: "part_filled",
  },
  cancelling: {
    sent: "cancelling",
    accepted: "cancelling",
    rejected: "rejected",
    part_filled: "cancelling", // the venue may win the race
    filled: "filled",
    cancelled: "cancelled",
    expired: "expired",
    cancel_asked: "cancelling", // a kill switch asks again
    cancel_failed: "working",
    triggered: "cancelling",
    found_working: "working", // asked for and still there: it can be asked to end again
    timed_out: "cancelling", // no answer to a cancel leaves the order where it was: still ours
  },
  lost: {
    sent: "lost", // the same order again, under the same id
    accepted: "working",
    rejected: "rejected",
    triggered: "working",
    part_filled: "part_filled",
    filled: "filled",
    cancelled: "cancelled",
    expired: "expired",
    found_working: "working",
    found_absent: "rejected", // asked in orders, history and executions after the visibility window
    timed_out: "lost",
    cancel_asked: "lost", // to ask for its end proves nothing
    cancel_failed: "lost",
  },
  cancelled: { ...echoes("cancelled"), part_filled: "cancelled", filled: "filled" }, // a late fill is real money
  expired: { ...echoes("expired"), part_filled: "expired", filled: "filled" },
  rejected: { ...echoes("rejected"), part_filled: "part_filled", filled: "filled", accepted: "working" }, // the venue's records outrank its answers
  withheld: {}, // never left, so nothing can come back
  filled: { ...echoes("filled"), found_working: "filled", part_filled: "filled", filled: "filled" }, // more than was asked for is booked all the same
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
