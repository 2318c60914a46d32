import { clockAgrees } from "../words/clock-skew.ts";
import { unreachable } from "../words/invariant.ts";
import type { ClockFact } from "./clock-facts.ts";
import { readableMs } from "./readable.ts";

/** One of these facts in, a short sentence for people out. */
export function clockWords(fact: ClockFact): string {
  switch (fact.kind) {
    case "clock_measured": {
      const { skewMs, uncertaintyMs } = fact;
      const off = skewMs === 0 ? "as ours" : `${readableMs(Math.abs(skewMs))} ${skewMs > 0 ? "ahead" : "behind"}`;
      const known = uncertaintyMs === 0 ? "" : `, give or take ${readableMs(uncertaintyMs)}`;
      return `the venue's clock is ${off}${known}${clockAgrees(fact) ? "" : ": entries are refused"}`;
    }
    case "clock_unanswered":
      return "the venue did not tell its time: its clock is unknown, entries are refused";
    default:
      return unreachable(fact);
  }
}
