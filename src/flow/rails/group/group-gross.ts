import type { Rail } from "../verdict.ts";
import { grossOf } from "./bets.ts";
import { judgeTogether } from "./together.ts";

export const groupGross: Rail = {
  code: "group_gross",
  title: "Gross exposure of the group",
  against: "desks that each keep their own limit and break the house's together",
  judges: "entries",
  compares:
    "what all accounts of the group hold and have on their way, options by delta, both sides added, with the order, with the budget",
  limits: ["group"],
  refuses: ["group_gross", "group_gross.unknown"],
  check: (scene) =>
    judgeTogether("group_gross", scene, ({ limits, own, others, candidate }) => {
      let before = 0n;
      for (const { bets } of [own, ...others]) for (const bet of bets) before += grossOf(bet);
      return { before, adds: candidate.worth, most: limits.grossMax };
    }),
};
