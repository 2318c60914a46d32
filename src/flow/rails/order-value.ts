import { shareOfEquity } from "./fractions.ts";
import { beyond } from "./room.ts";
import { pass } from "./say.ts";
import type { Rail } from "./verdict.ts";

export const orderValue: Rail = {
  code: "order_value",
  title: "Order value",
  against: "one order that is the whole account",
  judges: "entries",
  compares: "the order's notional with the smaller of the fixed cap and its share of equity",
  limits: ["orderNotionalMax", "orderEquityBpsMax"],
  refuses: ["order_value"],
  check: (scene) => {
    const { candidate, standing, limits } = scene;
    const share = shareOfEquity(standing.equity, limits.orderEquityBpsMax);
    // This way round a missing cap is compared with and refuses, rather than being passed over.
    const most = share < limits.orderNotionalMax ? share : limits.orderNotionalMax;
    return candidate.notional <= most
      ? pass("order_value", "money", candidate.notional, most)
      : beyond("order_value", scene, "money", candidate.notional, most, most);
  },
};
