import { exactOne } from "../../words/exact.ts";
import type { Money } from "../../words/money.ts";
import { bpsBetween, fractionOfBps } from "./fractions.ts";
import { pass, refuse, refuseState } from "./say.ts";
import type { Verdict } from "./verdict.ts";

/** Refuses from exactly the limit on: a loss of 200 of 10,000 reaches 200 basis points. A basis at or below zero measures nothing. */
export function lossSince(rail: "daily_loss" | "drawdown" | "weekly_loss", basis: Money, equity: Money, bpsMax: number): Verdict {
  const limit = fractionOfBps(bpsMax);
  if (basis <= 0n) return refuseState(rail, `${rail}.no_equity`, "equity to measure from is not above zero");
  const lost = basis - equity;
  return lost * exactOne >= limit * basis
    ? refuse(rail, rail, "bps", bpsBetween(lost, basis), bpsMax)
    : pass(rail, "bps", bpsBetween(lost, basis), bpsMax);
}
