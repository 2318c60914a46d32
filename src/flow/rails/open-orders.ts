import type { Purpose } from "../../words/order-words.ts";
import { quantityMinus, zeroQuantity, type Quantity } from "../../words/quantity.ts";
import type { OpenOrder } from "../portfolio/standing.ts";
import type { Scene } from "./candidate.ts";

/** Anything that is not both meant and marked to take risk away counts as an entry. */
export const addsRisk = (order: { readonly purpose: Purpose; readonly reduceOnly: boolean }): boolean =>
  order.purpose === "entry" || !order.reduceOnly;

/** What may still fill; an order filled beyond its quantity has nothing left. */
export const remainder = (order: OpenOrder): Quantity =>
  order.filled >= order.quantity ? zeroQuantity : quantityMinus(order.quantity, order.filled);

/** The candidate itself, seen in the book: its own planned order at the wire, or the order it takes the place of. */
export const isCandidate = (order: OpenOrder, { candidate, stage }: Scene): boolean =>
  order.id === candidate.replaces || (stage === "wire" && order.id === candidate.order);
