import type { ClientOrderId, ExecutionId } from "../../words/ids.ts";
import type { Fill } from "./fill.ts";

/** A venue's execution report comes in; what it is to us goes out: new, said before, or not ours. */
export type Taken = "new" | "repeated" | "external";

/** Identity is the venue's execution id alone: two fills may have the same price, size and instant. */
export function take(fill: Fill, booked: (execution: ExecutionId) => boolean, known: (order: ClientOrderId) => boolean): Taken {
  if (booked(fill.execution)) return "repeated";
  // A liquidation has no order of ours and is ours all the same; another order that we never planned is EXTERNAL.
  return fill.reason === "liquidation" || (fill.order !== undefined && known(fill.order)) ? "new" : "external";
}
