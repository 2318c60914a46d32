import type { InstrumentId } from "../../../words/ids.ts";
import { present } from "../../../words/invariant.ts";
import type { Scene } from "../candidate.ts";
import { priceOf, worthOf } from "../exposure.ts";
import { shareOfEquity, sizeOf } from "../fractions.ts";
import { addsRisk, isCandidate, remainder } from "../open-orders.ts";
import { beyond } from "../room.ts";
import { pass, passState, refuseState } from "../say.ts";
import type { Rail } from "../verdict.ts";

export const bucket: Rail = {
  code: "bucket",
  title: "Correlation bucket",
  against: "one bet under several names",
  judges: "entries",
  compares:
    "positions, orders and reservations of the fullest bucket that the instrument is in, both sides added, with the order, with its share of equity",
  limits: ["bucketBpsMax"],
  refuses: ["bucket", "bucket.unknown", "bucket.no_quote"],
  check: (scene) => {
    const { candidate, limits, standing } = scene;
    const most = shareOfEquity(standing.equity, present(limits.bucketBpsMax, "the largest share of a bucket is known"));
    const { measures } = standing;
    if (measures === undefined) return refuseState("bucket", "bucket.unknown", "buckets were not measured");
    const own = measures.buckets.filter(({ members }) => members.includes(candidate.instrument.id));
    if (own.length === 0) return refuseState("bucket", "bucket.unknown", "the instrument is in no bucket");
    let fullest = 0n;
    for (const { members } of own) {
      const held = heldIn(members, scene);
      if (held === undefined) return refuseState("bucket", "bucket.no_quote", "exposure of a bucket is not known");
      if (held > fullest) fullest = held;
    }
    const after = fullest + candidate.notional;
    if (candidate.notional === 0n) return passState("bucket", "nothing is added");
    return after <= most ? pass("bucket", "money", after, most) : beyond("bucket", scene, "money", after, most, most - fullest);
  },
};

/** Gross, without the candidate itself: a short of what moves together is taken for no hedge, since correlations break when they are needed. */
function heldIn(members: readonly InstrumentId[], scene: Scene): bigint | undefined {
  const { standing, candidate } = scene;
  let total = 0n;
  for (const position of standing.positions) {
    if (!members.includes(position.instrument)) continue;
    const instrument = scene.instrument(position.instrument);
    const quote = scene.quote(position.instrument);
    if (instrument === undefined || quote === undefined) return undefined;
    total += worthOf(quote.mark, position.quantity, instrument);
  }
  for (const order of standing.openOrders) {
    if (!members.includes(order.instrument) || !addsRisk(order) || isCandidate(order, scene)) continue;
    const instrument = scene.instrument(order.instrument);
    const at = priceOf(order, scene);
    if (instrument === undefined || at === undefined) return undefined;
    total += worthOf(at, remainder(order), instrument);
  }
  for (const { intent, instrument, notional } of standing.reservations)
    if (intent !== candidate.intent && members.includes(instrument)) total += sizeOf(notional);
  return total;
}
