import { divideUnits } from "../../words/exact.ts";
import { notional } from "../../words/money.ts";
import { distance } from "../../words/price.ts";
import { shareOfEquity, sizeOf } from "./fractions.ts";
import { beyond } from "./room.ts";
import { pass, passState, refuseState } from "./say.ts";
import type { Rail } from "./verdict.ts";

// Made once: what passes without a number says the same each time.
const noStopRequired = passState("risk_per_trade", "no stop required");

export const riskPerTrade: Rail = {
  code: "risk_per_trade",
  title: "Risk per trade",
  against: "a stop so far and a size so large that one loss is felt for months",
  judges: "entries",
  compares: "the loss from price to stop with its share of equity",
  limits: ["riskPerTradeBpsMax", "stopRequired"],
  refuses: ["risk_per_trade", "risk_per_trade.no_stop"],
  check: (scene) => {
    const { candidate, standing, limits } = scene;
    const { price, stopLoss, quantity, instrument } = candidate;
    if (stopLoss === undefined) {
      return limits.stopRequired ? refuseState("risk_per_trade", "risk_per_trade.no_stop", "no stop") : noStopRequired;
    }
    const perUnit = distance(price, stopLoss);
    const risk = notional(perUnit, quantity, instrument.multiplier, "up");
    const most = shareOfEquity(standing.equity, limits.riskPerTradeBpsMax);
    if (risk <= most && most > 0n) return pass("risk_per_trade", "money", risk, most);
    // Risk goes with notional as distance goes with price.
    const room = most > 0n ? divideUnits(most * sizeOf(price), perUnit, "down") : 0n;
    return beyond("risk_per_trade", scene, "money", risk, most, room);
  },
};
