import type { CalendarName } from "../../../words/instrument.ts";
import { unreachable } from "../../../words/invariant.ts";
import { always } from "./always.ts";
import { xnys } from "./xnys.ts";

/** One day's trading: open from `openAt` on, closed from `closeAt` on. `early` says that the exchange's rules shorten the end of this day. */
export type Session = {
  /** The exchange's own date. */
  readonly date: Temporal.PlainDate;
  readonly openAt: Temporal.Instant;
  readonly closeAt: Temporal.Instant;
  readonly early: boolean;
};

/**
 * Comes in: an instant or a date. Goes out: when the exchange trades.
 * Every answer is a function of the arguments alone. Outside the days it holds a calendar throws and never guesses;
 * ask `covers` first at an edge, such as a backtest's window or a desk's start.
 */
export interface Calendar {
  readonly name: CalendarName;
  /** IANA name of the exchange's own clock. */
  readonly timeZone: string;
  covers(at: Temporal.Instant): boolean;
  /** Undefined on weekends, holidays and closures. */
  session(date: Temporal.PlainDate): Session | undefined;
  /** The session that is open at this instant: openAt <= at < closeAt. */
  sessionAt(at: Temporal.Instant): Session | undefined;
  isOpen(at: Temporal.Instant): boolean;
  /** `isOpen` for the hot path: two comparisons and no allocation while asked inside one session or one closure. */
  isOpenMs(epochMs: number): boolean;
  /** The first instant at or after `at` when the exchange is open: `at` itself when it is open. The following session is `nextOpen(nextClose(at))`. */
  nextOpen(at: Temporal.Instant): Temporal.Instant;
  /** The first end of a session after `at`; at the very close it is the following session's. */
  nextClose(at: Temporal.Instant): Temporal.Instant;
  /** The last end of a session at or before `at`. */
  previousClose(at: Temporal.Instant): Temporal.Instant;
  /** The date that daily limits count against, on the exchange's clock; it turns at local midnight and also names days without a session. */
  tradingDay(at: Temporal.Instant): Temporal.PlainDate;
}

const newYork = xnys();

/** The calendar with the exchange's own hours; for other hours in New York call `xnys` with them. */
export function calendarOf(name: CalendarName): Calendar {
  switch (name) {
    case "xnys":
      return newYork;
    case "always":
      return always;
    default:
      return unreachable(name);
  }
}
