import { invariant } from "../../../words/invariant.ts";
import type { Calendar, Session } from "./calendar.ts";

const timeZone = "UTC";
const dayOf = (at: Temporal.Instant): Temporal.PlainDate => at.toZonedDateTimeISO(timeZone).toPlainDate();
const midnight = (date: Temporal.PlainDate): Temporal.Instant => date.toZonedDateTime(timeZone).toInstant();

const session = (date: Temporal.PlainDate): Session => ({
  date,
  openAt: midnight(date),
  closeAt: midnight(date.add({ days: 1 })),
  early: false,
});

/** Crypto never closes. A session is the UTC day, so that daily limits and day-end reports have a day; one ends as the next begins. */
export const always: Calendar = {
  name: "always",
  timeZone,
  covers: () => true,
  session,
  sessionAt: (at) => session(dayOf(at)),
  isOpen: () => true,
  isOpenMs: (epochMs) => {
    invariant(Number.isSafeInteger(epochMs), "an instant in a column is a whole number of milliseconds");
    return true;
  },
  nextOpen: (at) => at,
  nextClose: (at) => midnight(dayOf(at).add({ days: 1 })),
  previousClose: (at) => midnight(dayOf(at)),
  tradingDay: dayOf,
};
