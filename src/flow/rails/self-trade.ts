import { isCandidate } from "./open-orders.ts";
import { passState, refuse } from "./say.ts";
import type { Rail } from "./verdict.ts";

// Made once: what passes without a number says the same each time.
const restsAwayFromTheMarket = passState("self_trade", "rests away from the market");
const crossesNone = passState("self_trade", "crosses none");

/** Stops and targets are let through: they rest away from the market, and a position without them is worse. */
export const selfTrade: Rail = {
  code: "self_trade",
  title: "Self trade",
  against: "buying from ourselves, which is a wash trade whatever was meant",
  judges: "all",
  compares: "the price with our own resting limit orders on the other side of the instrument",
  limits: [],
  refuses: ["self_trade"],
  check: (scene) => {
    const { candidate, standing } = scene;
    const { instrument, side, price, purpose } = candidate;
    if (purpose === "stop_loss" || purpose === "take_profit") return restsAwayFromTheMarket;
    for (const open of standing.openOrders) {
      if (open.type !== "limit" || open.limit === undefined || open.instrument !== instrument.id || open.side === side) continue;
      if (isCandidate(open, scene)) continue;
      if (side === "buy" ? price >= open.limit : price <= open.limit) return refuse("self_trade", "self_trade", "price", price, open.limit);
    }
    return crossesNone;
  },
};
