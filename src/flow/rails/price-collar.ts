import { exactOne } from "../../words/exact.ts";
import { distance } from "../../words/price.ts";
import type { Quote } from "../market/snapshot.ts";
import type { Candidate, Scene } from "./candidate.ts";
import { bpsBetween, fractionOfBps, sizeOf } from "./fractions.ts";
import { addsRisk } from "./open-orders.ts";
import { pass, refuse, refuseState } from "./say.ts";
import type { Rail, Verdict } from "./verdict.ts";

/** Exits may pay more for certainty, within reason; a target stands further off than a stop. */
const exitCollars = 3;
const targetCollars = 3;
/** On the good side a limit only waits, but ten collars away it is a slipped digit. */
const goodSideCollars = 10;

/**
 * Trades are held to the middle of bid and ask; stops and targets, which lie away from the price by design, to the mark or to the
 * position's average entry, whichever is nearer, so that a stop once right stays right however far the market runs.
 */
export const priceCollar: Rail = {
  code: "price_collar",
  title: "Price collar",
  against: "slipped digits, invented prices and references that are themselves wrong",
  judges: "all",
  compares:
    "the price with the middle of bid and ask: one collar worse for entries, three for exits, ten times that on the good side; last, middle and mark with one another for entries; a trigger with mark or average entry, three stop distances for targets",
  limits: ["priceCollarBps", "referenceGapBpsMax", "stopDistanceBpsMax"],
  refuses: [
    "price_collar.no_reference",
    "price_collar.reference_gap",
    "price_collar.worse",
    "price_collar.far",
    "price_collar.trigger_far",
  ],
  check: (scene) => {
    const { candidate } = scene;
    const quote = scene.quote(candidate.instrument.id);
    if (quote === undefined) return refuseState("price_collar", "price_collar.no_reference", "no quote");
    const entry = addsRisk(candidate);
    if (!entry && (candidate.purpose === "stop_loss" || candidate.purpose === "take_profit")) return trigger(scene, quote);
    const negative = candidate.instrument.priceMayBeNegative;
    const twiceMiddle = quote.bid + quote.ask;
    if (twiceMiddle === 0n || (!negative && (quote.bid <= 0n || quote.ask <= 0n)))
      return refuseState("price_collar", "price_collar.no_reference", "bid or ask is not a price");
    return (entry ? gap(scene, quote, twiceMiddle) : undefined) ?? collar(scene.candidate, twiceMiddle, scene.limits.priceCollarBps, entry);
  },
};

/** Two sources must agree before either is believed. */
function gap({ candidate, limits }: Scene, { last, mark }: Quote, twiceMiddle: bigint): Verdict | undefined {
  if (mark === 0n || (!candidate.instrument.priceMayBeNegative && (mark < 0n || last <= 0n)))
    return refuseState("price_collar", "price_collar.no_reference", "last or mark is not a price");
  const twiceMark = mark + mark;
  const ofLast = sizeOf(last + last - twiceMark);
  const ofMiddle = sizeOf(twiceMiddle - twiceMark);
  const widest = ofLast > ofMiddle ? ofLast : ofMiddle;
  const whole = sizeOf(twiceMark);
  return widest * exactOne > fractionOfBps(limits.referenceGapBpsMax) * whole
    ? refuse("price_collar", "price_collar.reference_gap", "bps", bpsBetween(widest, whole), limits.referenceGapBpsMax)
    : undefined;
}

/** Twice the middle and twice the price, since half a tick is not always a whole unit. */
function collar({ side, price }: Candidate, twiceMiddle: bigint, collarBps: number, entry: boolean): Verdict {
  const away = price + price - twiceMiddle;
  const worse = side === "buy" ? away : 0n - away;
  const whole = sizeOf(twiceMiddle);
  const collars = entry ? 1 : exitCollars;
  const slack = fractionOfBps(collarBps) * BigInt(collars) * whole;
  const good = 0n - worse;
  if (worse * exactOne > slack) return refuse("price_collar", "price_collar.worse", "bps", bpsBetween(worse, whole), collarBps * collars);
  if (good * exactOne > slack * BigInt(goodSideCollars))
    return refuse("price_collar", "price_collar.far", "bps", bpsBetween(good, whole), collarBps * collars * goodSideCollars);
  return pass("price_collar", "bps", bpsBetween(worse, whole), collarBps * collars);
}

function trigger({ candidate, standing, limits }: Scene, { mark }: Quote): Verdict {
  const { instrument, price, purpose } = candidate;
  if (mark === 0n || (!instrument.priceMayBeNegative && mark < 0n))
    return refuseState("price_collar", "price_collar.no_reference", "mark is not a price");
  const times = purpose === "take_profit" ? targetCollars : 1;
  const slack = fractionOfBps(limits.stopDistanceBpsMax) * BigInt(times);
  const entry = standing.position(instrument.id)?.averageEntry ?? mark;
  const ofMark = distance(price, mark);
  const near = ofMark * exactOne <= slack * sizeOf(mark) || distance(price, entry) * exactOne <= slack * sizeOf(entry);
  const measured = bpsBetween(ofMark, sizeOf(mark));
  return near
    ? pass("price_collar", "bps", measured, limits.stopDistanceBpsMax * times)
    : refuse("price_collar", "price_collar.trigger_far", "bps", measured, limits.stopDistanceBpsMax * times);
}
