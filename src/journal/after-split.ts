import type { ProtectionPlan } from "../flow/portfolio/standing.ts";
import { divideUnits } from "../words/exact.ts";
import { priceOfUnits, toTick, type Price } from "../words/price.ts";

/** A price of old shares in new ones: every `from` shares became `into`. */
export const splitPrice = (price: Price, from: number, into: number): Price =>
  priceOfUnits(divideUnits(price * BigInt(from), BigInt(into), "half_even"));

/** A plan's levels in new shares, on the tick: a stop at the old price would fire at once, or never. */
export function planAfterSplit(plan: ProtectionPlan, tick: Price, from: number, into: number): ProtectionPlan {
  const level = (price: Price): Price => toTick(splitPrice(price, from, into), tick, "half_even");
  const { stopLoss, takeProfit } = plan;
  return {
    ...plan,
    ...(stopLoss === undefined ? {} : { stopLoss: level(stopLoss) }),
    ...(takeProfit === undefined ? {} : { takeProfit: level(takeProfit) }),
  };
}
