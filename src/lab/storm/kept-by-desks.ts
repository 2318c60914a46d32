import { calibrated, type CalibrationMap } from "../../flow/calibration/calibrator.ts";
import type { Entry } from "../../journal/entry.ts";
import { CouncilTrades } from "./kept-by-council.ts";
import { CouncilHorizons } from "./kept-in-time.ts";
import { CouncilMeetings } from "./kept-in-meetings.ts";
import type { Breach } from "./wire-watch.ts";

/** What desks promise beyond the house's invariants, read from the journal alone: what a process remembers of it does not count. */
export function* keptByDesks(entries: readonly Entry[]): Generator<Breach> {
  let localOnly = false;
  let map: CalibrationMap | undefined;
  const isOfCouncil = entries.some(({ fact }) => fact.kind === "woke" && fact.strategy === "council");
  const council = isOfCouncil ? [new CouncilTrades(), new CouncilMeetings(), new CouncilHorizons()] : [];
  for (const entry of entries) {
    const { fact, sequence } = entry;
    for (const each of council) each.see(entry);
    switch (fact.kind) {
      case "latched":
        if (fact.latch.name === "local_only") localOnly = true;
        break;
      case "cleared":
        if (fact.name === "local_only") localOnly = false;
        break;
      case "model_asked":
        if (localOnly) yield { invariant: "I7", what: `entry ${sequence} asks ${fact.role} after a rollback to the rules alone` };
        break;
      case "calibrator_fitted":
        map = fact.calibrator.map;
        break;
      case "edge_weighed": {
        const { pWinSaid, pWin } = fact.edge;
        const worth = map === undefined ? pWinSaid : calibrated(map, pWinSaid);
        if (pWin !== worth) yield { invariant: "I14", what: `entry ${sequence} weighs ${pWin} where ${pWinSaid} was said, worth ${worth}` };
        break;
      }
      default:
    }
  }
  for (const each of council) yield* each.end();
}
