import { lossSince } from "../loss.ts";
import { refuseState } from "../say.ts";
import type { Rail } from "../verdict.ts";

export const weeklyLoss: Rail = {
  code: "weekly_loss",
  title: "Weekly loss",
  against: "several bad days that none of them alone was a reason to stop",
  judges: "entries",
  compares: "equity lost since the week's first trading day began, against equity then; what once fired holds for the rest of the week",
  limits: ["weeklyLossBpsMax"],
  refuses: ["weekly_loss", "weekly_loss.no_equity", "weekly_loss.latched"],
  check: ({ standing, limits }) => {
    const { weekStartEquity, equity, latches } = standing;
    if (latches.some(({ name }) => name === "weekly_loss")) return refuseState("weekly_loss", "weekly_loss.latched", "weekly_loss");
    if (weekStartEquity === undefined) return refuseState("weekly_loss", "weekly_loss.no_equity", "no week was begun");
    return lossSince("weekly_loss", weekStartEquity, equity, limits.weeklyLossBpsMax ?? Number.NaN);
  },
};
