import { addsRisk } from "./open-orders.ts";
import { passState, refuseState } from "./say.ts";
import type { Rail } from "./verdict.ts";

/** No answer is not a no: until the venue has said what became of an order, the only lawful next step is to ask. */
export const unknownOrder: Rail = {
  code: "unknown_order",
  title: "Unknown order",
  against: "sending again what may have arrived",
  judges: "all",
  compares: "orders whose outcome is unknown with the instrument, for entries, and with the intent, for everything",
  limits: [],
  refuses: ["unknown_order.instrument", "unknown_order.intent"],
  check: ({ candidate, standing }) => {
    const entry = addsRisk(candidate);
    for (const order of standing.openOrders) {
      if (order.state !== "lost") continue;
      if (order.intent === candidate.intent) return refuseState("unknown_order", "unknown_order.intent", order.id);
      if (entry && order.instrument === candidate.instrument.id) return refuseState("unknown_order", "unknown_order.instrument", order.id);
    }
    return passState("unknown_order", "none");
  },
};
