import { msOf } from "../../../words/instant.ts";
import { calendarOf, type Calendar } from "../calendar/calendar.ts";
import { dateOf } from "./date-text.ts";

const newYork = calendarOf("xnys");
/** Asked for every quote of every chain; the answers are a function of the date alone. */
const remembered = new Map<string, Temporal.Instant>();

const yearMs = 365 * 86_400_000;

/**
 * When an option of this expiry stops trading: the close of that day's session, early closes included. Days without a session (the
 * Saturdays on which options expired until 2015, a Good Friday) count as the last session before. Undefined where it is no date of
 * the calendar.
 */
export function expiryAt(expiry: string, calendar: Calendar = newYork): Temporal.Instant | undefined {
  const known = remembered.get(expiry);
  if (known !== undefined && calendar === newYork) return known;
  const date = dateOf(expiry);
  if (date === undefined) return undefined;
  const noon = date.toZonedDateTime({ timeZone: calendar.timeZone, plainTime: "12:00" }).toInstant();
  if (!calendar.covers(noon)) return undefined;
  const ends = calendar.session(date)?.closeAt ?? calendar.previousClose(noon);
  if (calendar === newYork) remembered.set(expiry, ends);
  return ends;
}

/** Years of 365 days, as pricing takes them; zero once expired. */
export const yearsBetween = (fromMs: number, expiry: Temporal.Instant): number => Math.max(0, msOf(expiry) - fromMs) / yearMs;
