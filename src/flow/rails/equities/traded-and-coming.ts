import type { Scene } from "../candidate.ts";
import { priceOf, worthOf } from "../exposure.ts";
import { addsRisk, isCandidate, remainder } from "../open-orders.ts";
import { sizeOf } from "../fractions.ts";

/** What the day has traded and what entries may still trade, the candidate left out; undefined where one of them has no price. */
export function tradedAndComing(scene: Scene): bigint | undefined {
  const { standing, candidate } = scene;
  if (standing.tradedToday === undefined) return undefined;
  let total: bigint = standing.tradedToday;
  for (const order of standing.openOrders) {
    if (!addsRisk(order) || isCandidate(order, scene)) continue;
    const instrument = scene.instrument(order.instrument);
    const at = priceOf(order, scene);
    if (instrument === undefined || at === undefined) return undefined;
    total += worthOf(at, remainder(order), instrument);
  }
  for (const { intent, notional } of standing.reservations) if (intent !== candidate.intent) total += sizeOf(notional);
  return total;
}
