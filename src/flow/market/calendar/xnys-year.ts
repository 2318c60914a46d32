import type { Session } from "./calendar.ts";
import { dateOfRule } from "./rule-day.ts";
import { xnysClosures, xnysEarlyCloses, xnysHolidays, xnysLateOpens, xnysShortDays } from "./xnys-rules.ts";

/** New York wall-clock times of a desk's day. */
export type SessionTimes = {
  readonly open: Temporal.PlainTime;
  readonly close: Temporal.PlainTime;
  readonly earlyClose: Temporal.PlainTime;
};

/** The sessions of one year by `dayOfYear - 1`; a hole is a day without trading. */
export type SessionYear = readonly (Session | undefined)[];

export function xnysYear(year: number, times: SessionTimes, timeZone: string): SessionYear {
  const closed = new Set([...datesOf(xnysHolidays, year), ...xnysClosures.map(({ date }) => date)]);
  const short = new Set([...datesOf(xnysEarlyCloses, year), ...xnysShortDays.map(({ date }) => date)]);
  const lateOpens = new Map(xnysLateOpens.map(({ date, open }) => [date, Temporal.PlainTime.from(open)]));
  const newYear = Temporal.PlainDate.from({ year, month: 1, day: 1 });

  return Array.from({ length: newYear.daysInYear }, (_, index) => {
    const date = newYear.add({ days: index });
    const key = date.toString();
    if (date.dayOfWeek > 5 || closed.has(key)) return undefined;
    const early = short.has(key);
    const open = later(times.open, lateOpens.get(key));
    const close = early ? times.earlyClose : times.close;
    // A desk that stops before a late opening has no session that day.
    if (Temporal.PlainTime.compare(open, close) >= 0) return undefined;
    return { date, openAt: instantOf(date, open, timeZone), closeAt: instantOf(date, close, timeZone), early };
  });
}

/**
 * The days of a table that fall into `year`. Observance never leaves the year: only January 1 could move into the year before,
 * and that is the one holiday that a Saturday cancels.
 */
function datesOf(rules: typeof xnysEarlyCloses, year: number): string[] {
  return rules.flatMap(({ from, through, day, weekdays }) => {
    if (year < from || (through !== undefined && year > through)) return [];
    const date = dateOfRule(day, year);
    if (date === undefined) return [];
    return weekdays === undefined || weekdays.some((weekday) => weekday === date.dayOfWeek) ? [date.toString()] : [];
  });
}

const later = (of: Temporal.PlainTime, than: Temporal.PlainTime | undefined): Temporal.PlainTime =>
  than !== undefined && Temporal.PlainTime.compare(than, of) > 0 ? than : of;

const instantOf = (date: Temporal.PlainDate, plainTime: Temporal.PlainTime, timeZone: string): Temporal.Instant =>
  date.toZonedDateTime({ timeZone, plainTime }).toInstant();
