import { lossSince } from "./loss.ts";
import type { Rail } from "./verdict.ts";

export const dailyLoss: Rail = {
  code: "daily_loss",
  title: "Daily loss",
  against: "a bad day that becomes a worse one",
  judges: "entries",
  compares: "equity lost since the trading day began, against equity then",
  limits: ["dailyLossBpsMax"],
  refuses: ["daily_loss", "daily_loss.no_equity"],
  check: ({ standing, limits }) => lossSince("daily_loss", standing.dayStartEquity, standing.equity, limits.dailyLossBpsMax),
};
