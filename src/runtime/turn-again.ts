import { calendarOf } from "../flow/market/calendar/calendar.ts";
import { present } from "../words/invariant.ts";
import type { Woken } from "./replay-decision.ts";
import { quotesOf, type HouseRules, type Turn } from "./turn.ts";

/** The turn of a decision that was made before: what it knew is in its first entry and in the books as they stood. */
export const turnAgain = ({ state, entry, woke }: Omit<Woken, "recorded">, rules: HouseRules): Turn => ({
  now: entry.at,
  trigger: woke.trigger,
  account: entry.account,
  correlation: present(entry.correlation, "a decision has an id"),
  snapshot: woke.snapshot,
  state,
  rules,
  sessionOpen: (id) => calendarOf(state.instrument(id).calendar).isOpenMs(entry.at.epochMilliseconds),
  quote: quotesOf(woke.snapshot),
});
