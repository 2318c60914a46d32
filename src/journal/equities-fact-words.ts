import { unreachable } from "../words/invariant.ts";
import type { EquitiesFact } from "./equities-facts.ts";
import { readableMoney, readablePercent } from "./readable.ts";

/** One of these facts in, a short sentence for people out. */
export function equitiesWords(fact: EquitiesFact): string {
  switch (fact.kind) {
    case "market_measured": {
      const least = fact.liquidity.toSorted((one, other) => (one.averageDailyValue < other.averageDailyValue ? -1 : 1))[0];
      const thinnest = least === undefined ? "" : `, thinnest ${least.instrument} with ${readableMoney(least.averageDailyValue)} a day`;
      return `${fact.liquidity.length} instruments in ${fact.buckets.length} buckets${thinnest}`;
    }
    case "calibrator_fitted": {
      const { of, map, outcomes, skill, brierSaid, brierMapped } = fact.calibrator;
      return `${of}, ${map.kind} over ${outcomes} outcomes, Brier score ${brierSaid.toFixed(3)} as said and ${brierMapped.toFixed(3)} mapped, skill ${skill.toFixed(3)}`;
    }
    case "edge_weighed": {
      const { pWinSaid, pWin, evBps, costBps, riskReward } = fact.edge;
      const p = pWin === pWinSaid ? readablePercent(pWin) : `${readablePercent(pWinSaid)} said, ${readablePercent(pWin)} calibrated`;
      return `${fact.instrument} ${p} to win, ${riskReward.toFixed(2)} times the risk, costs ${costBps.toFixed(1)} bps, worth ${evBps.toFixed(1)} bps`;
    }
    default:
      return unreachable(fact);
  }
}
