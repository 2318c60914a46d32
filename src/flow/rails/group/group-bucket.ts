import type { Rail } from "../verdict.ts";
import { grossOf, underlyingOf } from "./bets.ts";
import { judgeTogether, type Together } from "./together.ts";
import type { Scene } from "../candidate.ts";

/** Both sides added: a short of what moves together is taken for no hedge, since correlations break when they are needed. */
export const groupBucket: Rail = {
  code: "group_bucket",
  title: "Correlation bucket of the group",
  against: "five desks that take the same bet under five names",
  judges: "entries",
  compares: "the order's underlying over all accounts, or the fullest bucket it is in, both sides added, with the order, with the budget",
  limits: ["group"],
  refuses: ["group_bucket", "group_bucket.unknown"],
  check: (scene) =>
    judgeTogether("group_bucket", scene, (found) => {
      let before = 0n;
      for (const members of bucketsWith(found, scene)) {
        let held = 0n;
        for (const { bets } of [found.own, ...found.others])
          for (const bet of bets) if (members.includes(bet.underlying)) held += grossOf(bet);
        if (held > before) before = held;
      }
      return { before, adds: found.candidate.worth, most: found.limits.bucketMax };
    }),
};

/** Its underlying alone, those that the configuration names, and those that were measured in this account's market. */
function bucketsWith({ limits, candidate, sight }: Together, { standing }: Scene): readonly (readonly string[])[] {
  const measured = (standing.measures?.buckets ?? []).map(({ members }) =>
    members.flatMap((id) => {
      const instrument = sight.instrument(id);
      return instrument === undefined ? [] : [underlyingOf(instrument, sight)];
    }),
  );
  const named = limits.buckets.map(({ members }) => members);
  return [[candidate.underlying], ...[...named, ...measured].filter((members) => members.includes(candidate.underlying))];
}
