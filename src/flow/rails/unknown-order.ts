import { addsRisk } from "./open-orders.ts";
import { passState, refuseState } from "./say.ts";
import type { Rail } from "./verdict.ts";

// Made once: what passes without a number says the same each time.
const noneFound = passState("unknown_order", "none");

/** No answer is not a no: until the venue has said what became of an order, the only lawful next step is to ask. */
export const unknownOrder: Rail = {
  code: "unknown_order",
  title: "Unknown order",
  against: "sending again what may have arrived",
  judges: "all",
  compares: "orders whose outcome is unknown with the instrument, for entries, and with the intent, for everything but its protection",
  limits: [],
  refuses: ["unknown_order.instrument", "unknown_order.intent"],
  check: ({ candidate, standing }) => {
    const entry = addsRisk(candidate);
    const protects = candidate.purpose === "stop_loss" || candidate.purpose === "take_profit";
    for (const order of standing.openOrders) {
      if (order.state !== "lost") continue;
      // A lost entry may have filled, and what it bought needs its stop; only a lost stop stands in the way of another.
      const same = order.intent === candidate.intent && (!protects || order.purpose === candidate.purpose);
      if (same) return refuseState("unknown_order", "unknown_order.intent", order.id);
      if (entry && order.instrument === candidate.instrument.id) return refuseState("unknown_order", "unknown_order.instrument", order.id);
    }
    return noneFound;
  },
};
