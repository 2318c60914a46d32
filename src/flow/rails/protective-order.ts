import { exactOne } from "../../words/exact.ts";
import { distance } from "../../words/price.ts";
import { magnitude } from "../../words/quantity.ts";
import type { Scene } from "./candidate.ts";
import { bpsBetween, fractionOfBps, sizeOf } from "./fractions.ts";
import { pass, passState, refuse, refuseState } from "./say.ts";
import type { Rail, Verdict } from "./verdict.ts";

// Made once: what passes without a number says the same each time.
const notAnEntryAndNotAStop = passState("protective_order", "not an entry and not a stop");
const noStopRequired = passState("protective_order", "no stop required");

/** A target may stand this many stop distances away; the price collar gives the target's own order the same. */
const targetDistances = 3;
const targetTimes = BigInt(targetDistances);

export const protectiveOrder: Rail = {
  code: "protective_order",
  title: "Protective order",
  against: "positions without a stop, stops on the wrong side, and a stop that opens a position of its own",
  judges: "all",
  compares:
    "for entries the side and distance of stop and target from the price, three stop distances for the target; for a stop order its direction and size with the position",
  limits: ["stopRequired", "stopDistanceBpsMin", "stopDistanceBpsMax"],
  refuses: [
    "protective_order.missing_stop",
    "protective_order.stop_side",
    "protective_order.stop_near",
    "protective_order.stop_far",
    "protective_order.target_side",
    "protective_order.target_far",
    "protective_order.not_reduce_only",
    "protective_order.no_position",
    "protective_order.same_side",
    "protective_order.too_large",
  ],
  check: (scene) => {
    switch (scene.candidate.purpose) {
      case "entry":
        return entry(scene);
      case "stop_loss":
        return stop(scene);
      case "reduce":
      case "close":
      case "take_profit":
        return notAnEntryAndNotAStop;
    }
  },
};

function entry({ candidate, limits }: Scene): Verdict {
  const { price, side, stopLoss, takeProfit } = candidate;
  const whole = sizeOf(price);
  const far = fractionOfBps(limits.stopDistanceBpsMax) * whole;
  if (takeProfit !== undefined) {
    if (side === "buy" ? takeProfit <= price : takeProfit >= price)
      return refuse("protective_order", "protective_order.target_side", "price", takeProfit, price);
    const away = distance(price, takeProfit);
    if (away * exactOne > far * targetTimes) {
      const limit = limits.stopDistanceBpsMax * targetDistances;
      return refuse("protective_order", "protective_order.target_far", "bps", bpsOf(away, whole), limit);
    }
  }
  if (stopLoss === undefined) {
    return limits.stopRequired ? refuseState("protective_order", "protective_order.missing_stop", "no stop") : noStopRequired;
  }
  if (side === "buy" ? stopLoss >= price : stopLoss <= price)
    return refuse("protective_order", "protective_order.stop_side", "price", stopLoss, price);
  const away = distance(price, stopLoss);
  if (away * exactOne < fractionOfBps(limits.stopDistanceBpsMin) * whole)
    return refuse("protective_order", "protective_order.stop_near", "bps", bpsOf(away, whole), limits.stopDistanceBpsMin);
  if (away * exactOne > far)
    return refuse("protective_order", "protective_order.stop_far", "bps", bpsOf(away, whole), limits.stopDistanceBpsMax);
  return pass("protective_order", "bps", bpsOf(away, whole), limits.stopDistanceBpsMax);
}

/** From a price of zero every distance is boundless. */
const bpsOf = (away: bigint, whole: bigint): number => (whole === 0n ? Infinity : bpsBetween(away, whole));

function stop({ candidate, standing }: Scene): Verdict {
  if (!candidate.reduceOnly) return refuseState("protective_order", "protective_order.not_reduce_only", "not reduce-only");
  const held = standing.position(candidate.instrument.id)?.quantity;
  if (held === undefined || held === 0n) return refuseState("protective_order", "protective_order.no_position", "flat");
  if (held > 0n === (candidate.side === "buy")) return refuseState("protective_order", "protective_order.same_side", candidate.side);
  const most = magnitude(held);
  return candidate.quantity > most
    ? refuse("protective_order", "protective_order.too_large", "quantity", candidate.quantity, most)
    : pass("protective_order", "quantity", candidate.quantity, most);
}
