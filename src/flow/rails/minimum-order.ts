import { addsRisk } from "./open-orders.ts";
import { pass, refuse } from "./say.ts";
import type { Rail } from "./verdict.ts";

/** Exits are exempt from the smallest notional, as on most exchanges, so that the rest of a position can always be closed. */
export const minimumOrder: Rail = {
  code: "minimum_order",
  title: "Minimum order",
  against: "orders that the venue rejects as too small",
  judges: "all",
  compares: "quantity, and for entries notional, with the instrument's smallest",
  limits: [],
  refuses: ["minimum_order.quantity", "minimum_order.notional"],
  check: ({ candidate }) => {
    const { instrument, quantity, notional } = candidate;
    if (quantity < instrument.minQuantity)
      return refuse("minimum_order", "minimum_order.quantity", "quantity", quantity, instrument.minQuantity);
    return addsRisk(candidate) && notional < instrument.minNotional
      ? refuse("minimum_order", "minimum_order.notional", "money", notional, instrument.minNotional)
      : pass("minimum_order", "quantity", quantity, instrument.minQuantity);
  },
};
