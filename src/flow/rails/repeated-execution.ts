import { msOf } from "../../words/instant.ts";
import { pass, refuse, refuseState } from "./say.ts";
import type { Rail } from "./verdict.ts";

const windowMs = 3_600_000;

/** Once latched it holds beyond the hour, until a person has looked. Source of the rule: MiFID II RTS 6, article 15(3). */
export const repeatedExecution: Rail = {
  code: "repeated_execution",
  title: "Repeated execution",
  against: "a strategy that fills and enters again all day with nobody looking",
  judges: "entries",
  compares: "entries of the instrument that filled in the last hour that no person has looked at, and the latch of the same name",
  limits: ["entriesPerHourMax"],
  refuses: ["repeated_execution", "repeated_execution.latched"],
  check: ({ now, candidate, standing, limits: { entriesPerHourMax } }) => {
    for (const { name } of standing.latches)
      if (name === "repeated_execution") return refuseState("repeated_execution", "repeated_execution.latched", name);
    const count = standing.entriesFilledSince(candidate.instrument.id, { epochMilliseconds: msOf(now) - windowMs });
    return count < entriesPerHourMax
      ? pass("repeated_execution", "count", count, entriesPerHourMax)
      : refuse("repeated_execution", "repeated_execution", "count", count, entriesPerHourMax);
  },
};
