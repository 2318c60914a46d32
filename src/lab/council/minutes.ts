import type { Minutes } from "../../desks/council-settings.ts";
import type { Entry } from "../../journal/entry.ts";

/** The journal of the council's account comes in; what its members' accounts take from each meeting goes out. */
export function minutesOf(entries: Iterable<Entry>): (week: string) => Minutes | undefined {
  const weeks = new Map<string, { week: string; packHash: string; pitched: Minutes["pitched"][number][] }>();
  for (const { fact } of entries) {
    // Pitches that nobody could review are nobody's trades.
    if (fact.kind === "no_quorum") weeks.delete(fact.week);
    else if (fact.kind === "pack_frozen") weeks.set(fact.week, { week: fact.week, packHash: fact.packHash, pitched: [] });
    else if (fact.kind === "pitched") {
      const { member, model, price, pitch } = fact;
      weeks.get(fact.week)?.pitched.push({ member, model, price, pitch });
    }
  }
  return (week) => weeks.get(week);
}
