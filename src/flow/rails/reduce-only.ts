import { magnitude } from "../../words/quantity.ts";
import type { Scene } from "./candidate.ts";
import { isCandidate, remainder } from "./open-orders.ts";
import { pass, passState, refuse, refuseState } from "./say.ts";
import type { Rail } from "./verdict.ts";

// Made once: what passes without a number says the same each time.
const isEntry = passState("reduce_only", "entry");

/** Stops and targets guard the whole position each, as alternatives; exits share it, so those on their way count together. */
export const reduceOnly: Rail = {
  code: "reduce_only",
  title: "Reduce only",
  against: "an exit that opens or turns a position",
  judges: "all",
  compares: "everything but entries with the position: marked reduce-only, opposite, and together with other exits not larger",
  limits: [],
  refuses: ["reduce_only.not_marked", "reduce_only.no_position", "reduce_only.same_side", "reduce_only.too_large"],
  check: (scene) => {
    const { candidate, standing } = scene;
    const { purpose, side, quantity } = candidate;
    if (purpose === "entry") return isEntry;
    if (!candidate.reduceOnly) return refuseState("reduce_only", "reduce_only.not_marked", purpose);
    const held = standing.position(candidate.instrument.id)?.quantity;
    if (held === undefined || held === 0n) return refuseState("reduce_only", "reduce_only.no_position", "flat");
    if (held > 0n === (side === "buy")) return refuseState("reduce_only", "reduce_only.same_side", side);
    const leaving = quantity + (purpose === "reduce" || purpose === "close" ? exitsUnderWay(scene) : 0n);
    const most = magnitude(held);
    return leaving > most
      ? refuse("reduce_only", "reduce_only.too_large", "quantity", leaving, most)
      : pass("reduce_only", "quantity", leaving, most);
  },
};

function exitsUnderWay(scene: Scene): bigint {
  const { candidate, standing } = scene;
  let leaving = 0n;
  for (const open of standing.openOrders) {
    if (open.instrument !== candidate.instrument.id || open.side !== candidate.side) continue;
    if ((open.purpose === "reduce" || open.purpose === "close") && !isCandidate(open, scene)) leaving += remainder(open);
  }
  return leaving;
}
