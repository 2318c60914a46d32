import { approximately, divideUnits } from "../../words/exact.ts";
import type { Price } from "../../words/price.ts";

/**
 * What a long option has gained, in percent of the premium paid, if it were sold at `bid`; fees are not counted. Six decimals, rounded
 * toward zero, so that comparing with a threshold of as many decimals gives what comparing the exact fraction would, on both sides.
 */
export function premiumGainPct(paid: Price, bid: Price): number {
  if (paid <= 0n) return Number.NaN;
  const millionths = divideUnits((bid - paid) * 100_000_000n, paid, "zero");
  return approximately(millionths * 1_000_000n);
}
