import type { InstrumentId } from "../../words/ids.ts";
import type { Scene } from "./candidate.ts";
import { addsRisk, isCandidate } from "./open-orders.ts";
import { pass, refuse } from "./say.ts";
import type { Rail } from "./verdict.ts";

export const positionsCount: Rail = {
  code: "positions_count",
  title: "Positions",
  against: "more positions than anyone can watch",
  judges: "entries",
  compares: "instruments held, on their way or reserved, with this one among them",
  limits: ["positionsMax"],
  refuses: ["positions_count"],
  check: (scene) => {
    const { standing, candidate, limits } = scene;
    const { positions, openOrders, reservations } = standing;
    const count =
      openOrders.length + reservations.length === 0
        ? positions.length + (standing.position(candidate.instrument.id) === undefined ? 1 : 0)
        : distinct(scene);
    return count <= limits.positionsMax
      ? pass("positions_count", "count", count, limits.positionsMax)
      : refuse("positions_count", "positions_count", "count", count, limits.positionsMax);
  },
};

function distinct(scene: Scene): number {
  const { standing, candidate } = scene;
  const ids = [candidate.instrument.id];
  for (const { instrument } of standing.positions) see(ids, instrument);
  for (const order of standing.openOrders) if (addsRisk(order) && !isCandidate(order, scene)) see(ids, order.instrument);
  for (const { intent, instrument } of standing.reservations) if (intent !== candidate.intent) see(ids, instrument);
  return ids.length;
}

/** A list and no set: there are few, and a set costs more than looking at all of them. */
function see(ids: InstrumentId[], id: InstrumentId): void {
  if (!ids.includes(id)) ids.push(id);
}
