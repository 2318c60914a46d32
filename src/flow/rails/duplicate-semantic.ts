import { exactOne } from "../../words/exact.ts";
import { msOf } from "../../words/instant.ts";
import type { Scene } from "./candidate.ts";
import { bpsBetween, fractionOfBps, sizeOf } from "./fractions.ts";
import { addsRisk, isCandidate } from "./open-orders.ts";
import { passState, refuse, refuseState } from "./say.ts";
import type { Rail, Verdict } from "./verdict.ts";

// Made once: what passes without a number says the same each time.
const reduceOnlyCountsExits = passState("duplicate_semantic", "reduce_only counts exits");
const noneAlike = passState("duplicate_semantic", "none alike");
const noneResting = passState("duplicate_semantic", "none resting");

export const duplicateSemantic: Rail = {
  code: "duplicate_semantic",
  title: "Same order again",
  against: "the same idea in other words, and a second stop beside the first",
  judges: "all",
  compares:
    "for entries instrument, side and size with those sent or planned within the window and with other intents that wait; for stops and targets purpose, price and quantity with those resting",
  limits: ["duplicateWindowMs", "duplicateSizeBps"],
  refuses: ["duplicate_semantic.sent", "duplicate_semantic.open", "duplicate_semantic.reserved", "duplicate_semantic.resting"],
  check: (scene) => {
    if (addsRisk(scene.candidate)) return entry(scene);
    return scene.candidate.purpose === "stop_loss" || scene.candidate.purpose === "take_profit" ? protection(scene) : reduceOnlyCountsExits;
  },
};

const few = 8;

function entry(scene: Scene): Verdict {
  const { candidate, standing, limits } = scene;
  const { instrument, side, quantity } = candidate;
  const near = fractionOfBps(limits.duplicateSizeBps);
  const alike = (mine: bigint, theirs: bigint): boolean => sizeOf(mine - theirs) * exactOne <= near * theirs;
  // Written so that a window that is not a number still counts everything.
  const recent = (at: Temporal.Instant): boolean => !(msOf(scene.now) - msOf(at) > limits.duplicateWindowMs);
  const longPast = (at: Temporal.Instant): boolean => msOf(scene.now) - msOf(at) > 2 * limits.duplicateWindowMs;

  const { sentOrders } = standing;
  // From the newest back, since behind what is old there is older alone; by twice the window, as clocks are set back. To ask a few their
  // age would cost more than to go through them.
  for (let at = sentOrders.length - 1; at >= 0; at--) {
    const sent = sentOrders[at];
    if (sent === undefined) continue;
    if (sentOrders.length > few && longPast(sent.sentAt)) break;
    if (sent.instrument !== instrument.id || sent.side !== side || sent.purpose !== "entry" || sent.id === candidate.replaces) continue;
    if (alike(quantity, sent.quantity) && recent(sent.sentAt))
      return refuse("duplicate_semantic", "duplicate_semantic.sent", "bps", off(quantity, sent.quantity), limits.duplicateSizeBps);
  }
  for (const open of standing.openOrders) {
    if (open.instrument !== instrument.id || open.side !== side || open.purpose !== "entry" || isCandidate(open, scene)) continue;
    if (alike(quantity, open.quantity) && recent(open.plannedAt))
      return refuse("duplicate_semantic", "duplicate_semantic.open", "bps", off(quantity, open.quantity), limits.duplicateSizeBps);
  }
  for (const reserved of standing.reservations) {
    if (reserved.instrument !== instrument.id || reserved.side !== side || reserved.intent === candidate.intent) continue;
    if (alike(candidate.notional, sizeOf(reserved.notional))) {
      const measured = off(candidate.notional, sizeOf(reserved.notional));
      return refuse("duplicate_semantic", "duplicate_semantic.reserved", "bps", measured, limits.duplicateSizeBps);
    }
  }
  return noneAlike;
}

const off = (mine: bigint, theirs: bigint): number => (theirs === 0n ? 0 : bpsBetween(sizeOf(mine - theirs), theirs));

function protection(scene: Scene): Verdict {
  const { candidate, standing } = scene;
  for (const open of standing.openOrders) {
    if (open.purpose !== candidate.purpose || open.instrument !== candidate.instrument.id || open.side !== candidate.side) continue;
    if (open.quantity !== candidate.quantity || (open.stop ?? open.limit) !== candidate.price || isCandidate(open, scene)) continue;
    return refuseState("duplicate_semantic", "duplicate_semantic.resting", open.id);
  }
  return noneResting;
}
