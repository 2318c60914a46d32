import type { Entry } from "../../journal/entry.ts";
import { CouncilTrades } from "./kept-by-council.ts";
import { Calibration } from "./kept-calibrated.ts";
import { CouncilReductions } from "./kept-in-reductions.ts";
import { CouncilHorizons } from "./kept-in-time.ts";
import { CouncilMeetings } from "./kept-in-meetings.ts";
import type { Breach } from "./wire-watch.ts";

/** What desks promise beyond the house's invariants, read from the journal alone: what a process remembers of it does not count. */
export function* keptByDesks(entries: readonly Entry[]): Generator<Breach> {
  let localOnly = false;
  const calibration = new Calibration();
  const isOfCouncil = entries.some(({ fact }) => fact.kind === "woke" && fact.strategy === "council");
  const council = isOfCouncil ? [new CouncilTrades(), new CouncilReductions(), new CouncilMeetings(), new CouncilHorizons()] : [];
  for (const entry of entries) {
    const { fact, sequence } = entry;
    for (const each of council) each.see(entry);
    yield* calibration.see(entry);
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
      default:
    }
  }
  for (const each of council) yield* each.end();
}
