import type { ClientOrderId } from "../../words/ids.ts";
import type { Price } from "../../words/price.ts";
import { magnitude, quantityMinus, type Quantity } from "../../words/quantity.ts";
import { opposite, type Side } from "../../words/side.ts";
import type { Position } from "../portfolio/position.ts";
import type { OpenOrder, ProtectionPlan } from "../portfolio/standing.ts";

/** A position, its plan and the protective orders that live come in; what is missing, wrong or left over goes out. */

export type ProtectiveGap =
  | { readonly do: "place"; readonly leg: "stop" | "target"; readonly side: Side; readonly level: Price; readonly quantity: Quantity }
  | {
      readonly do: "replace";
      readonly leg: "stop" | "target";
      readonly side: Side;
      readonly level: Price;
      readonly quantity: Quantity;
      readonly old: ClientOrderId;
    }
  | { readonly do: "cancel"; readonly old: ClientOrderId; readonly why: "orphan" | "double" | "not_planned" };

const legs = { stop: "stop_loss", target: "take_profit" } as const;

/** The protective-order invariant as a difference: each position has exactly one stop and one target of its size, and no flat one any. */
export function protectiveGaps(
  position: Position | undefined,
  plan: ProtectionPlan | undefined,
  openOrders: readonly OpenOrder[],
): readonly ProtectiveGap[] {
  const gaps: ProtectiveGap[] = [];
  for (const leg of ["stop", "target"] as const) {
    const living = openOrders.filter(({ purpose, state }) => purpose === legs[leg] && state !== "cancelling");
    const level = leg === "stop" ? plan?.stopLoss : plan?.takeProfit;
    if (position === undefined || level === undefined) {
      for (const { id } of living) gaps.push({ do: "cancel", old: id, why: position === undefined ? "orphan" : "not_planned" });
      continue;
    }
    const side = opposite[position.quantity > 0n ? "buy" : "sell"];
    const quantity = magnitude(position.quantity);
    // The one that fits stays, so that a double never costs the position its right stop.
    const kept = living.find((order) => fits(order, level, quantity, side)) ?? living[0];
    for (const { id } of living.filter((order) => order !== kept)) gaps.push({ do: "cancel", old: id, why: "double" });
    if (kept === undefined) gaps.push({ do: "place", leg, side, level, quantity });
    else if (!fits(kept, level, quantity, side)) gaps.push({ do: "replace", leg, side, level, quantity, old: kept.id });
  }
  return gaps;
}

/** An order whose answer is UNKNOWN counts as living: a second one beside it could both fill. */
function fits(order: OpenOrder, level: Price, quantity: Quantity, side: Side): boolean {
  const at = order.purpose === "stop_loss" ? order.stop : order.limit;
  return order.side === side && at === level && quantityMinus(order.quantity, order.filled) === quantity;
}
