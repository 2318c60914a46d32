import type { Rail } from "../verdict.ts";
import { judgeTogether } from "./together.ts";

/** What one account has on the other side offsets only what is known to be there: filled, and seen lately. */
export const groupNet: Rail = {
  code: "group_net",
  title: "Net exposure of the group",
  against: "every desk leaning the same way",
  judges: "entries",
  compares: "longs less shorts of all accounts in the order's direction, entries on its side as if filled, with the order, with the budget",
  limits: ["group"],
  refuses: ["group_net", "group_net.unknown"],
  check: (scene) =>
    judgeTogether("group_net", scene, ({ limits, own, others, candidate }) => {
      const up = candidate.direction === 1;
      let before = 0n;
      for (const { bets, stale } of [{ ...own, stale: false }, ...others])
        for (const { longs, shorts, buys, sells } of bets) {
          before += up ? longs + buys : shorts + sells;
          if (!stale) before -= up ? shorts : longs;
        }
      return { before, adds: candidate.worth, most: limits.netMax };
    }),
};
