import type { Bars } from "../flow/market/bars.ts";
import { calendarOf } from "../flow/market/calendar/calendar.ts";
import { instantOfMs, msOf } from "../words/instant.ts";
import { intervalMs } from "../words/interval.ts";

/** When a step of the tape really trades, in UTC milliseconds. */
export type Span = { readonly openMs: number; readonly closeMs: number };

/**
 * A day's bar of an exchange is stamped with its date and made within that date's session, so that is when it opens and closes. Every other bar
 * spans its interval, and so does a day on which the calendar knows no session: nothing can trade on it.
 */
export function spanOf(assets: readonly Bars[]): (openMs: number, lengthMs: number) => Span {
  const byInterval = (openMs: number, lengthMs: number): Span => ({ openMs, closeMs: openMs + lengthMs });
  if (!assets.every(({ instrument, interval }) => instrument.calendar === "xnys" && interval === "1d")) return byInterval;
  const calendar = calendarOf("xnys");
  return (dateMs) => {
    const at = instantOfMs(dateMs);
    const session = calendar.covers(at) ? calendar.session(at.toZonedDateTimeISO("UTC").toPlainDate()) : undefined;
    return session === undefined ? byInterval(dateMs, intervalMs["1d"]) : { openMs: msOf(session.openAt), closeMs: msOf(session.closeAt) };
  };
}
