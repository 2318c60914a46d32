import type { Rail } from "../verdict.ts";
import { judgeTogether } from "./together.ts";

export const groupMargin: Rail = {
  code: "group_margin",
  title: "Margin of the group",
  against: "collateral that several desks count on at once",
  judges: "entries",
  compares: "initial margin of all accounts, each at its own leverage, entries on their way included, with the order's, with the budget",
  limits: ["group"],
  refuses: ["group_margin", "group_margin.unknown"],
  check: (scene) =>
    judgeTogether("group_margin", scene, ({ limits, own, others, candidate }) => {
      let before: bigint = own.margin;
      for (const { margin } of others) before += margin;
      return { before, adds: candidate.margin, most: limits.marginMax };
    }),
};
