import { lossSince } from "./loss.ts";
import type { Rail } from "./verdict.ts";

export const drawdown: Rail = {
  code: "drawdown",
  title: "Drawdown",
  against: "a strategy that has stopped working",
  judges: "entries",
  compares: "equity lost since its highest point, against that point",
  limits: ["drawdownBpsMax"],
  refuses: ["drawdown", "drawdown.no_equity"],
  check: ({ standing, limits }) => lossSince("drawdown", standing.peakEquity, standing.equity, limits.drawdownBpsMax),
};
