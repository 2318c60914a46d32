import type { RuleDay, Weekday } from "./rule-day.ts";

/** Years are inclusive; a rule without `through` still holds. */
type Years = { readonly from: number; readonly through?: number };
type HolidayRule = Years & { readonly name: string; readonly day: RuleDay };
/** Holds only where the day is a session at all, and on `weekdays` where they are given. */
type EarlyCloseRule = HolidayRule & { readonly weekdays?: readonly Weekday[] };
/** Dates are `YYYY-MM-DD` on the New York clock. */
type OneDay = { readonly date: string; readonly because: string };

/**
 * The years these tables are known to hold. Before 2000 sources disagree (1999-12-31 is given both as a full and as a short day);
 * after 2030 the exchange may have changed its rules. The exchange has published through 2028; 2029 and 2030 follow from the rules.
 */
export const xnysYears = { first: 2000, last: 2030 } as const;

const observedNearby = { by: "date", saturday: "friday_before", sunday: "monday_after" } as const;
const asItFalls = { by: "date", saturday: "not_observed", sunday: "not_observed" } as const;

/** Full holidays: NYSE Rule 7.2 (earlier Rule 51), and the yearly "NYSE Group Announces ... Holiday and Early Closings Calendar". */
export const xnysHolidays: readonly HolidayRule[] = [
  // Rule 7.2 keeps the Friday before open where it ends a month or a year: no holiday when January 1 is a Saturday (2005, 2011, 2022, 2028).
  { name: "New Year's Day", from: 1885, day: { ...observedNearby, month: 1, day: 1, saturday: "not_observed" } },
  // First observed by the exchange in 1998.
  { name: "Martin Luther King, Jr. Day", from: 1998, day: { by: "weekday", month: 1, weekday: 1, nth: 3 } },
  // On a Monday since the Uniform Monday Holiday Act took effect in 1971, as is Memorial Day.
  { name: "Washington's Birthday", from: 1971, day: { by: "weekday", month: 2, weekday: 1, nth: 3 } },
  // Not a federal holiday; the exchange has closed on it each year since 1908.
  { name: "Good Friday", from: 1908, day: { by: "easter", plusDays: -2 } },
  { name: "Memorial Day", from: 1971, day: { by: "weekday", month: 5, weekday: 1, nth: "last" } },
  // Federal since June 2021; the exchange amended Rule 7.2 that autumn and first closed in 2022.
  { name: "Juneteenth", from: 2022, day: { ...observedNearby, month: 6, day: 19 } },
  { name: "Independence Day", from: 1954, day: { ...observedNearby, month: 7, day: 4 } },
  { name: "Labor Day", from: 1887, day: { by: "weekday", month: 9, weekday: 1, nth: 1 } },
  { name: "Thanksgiving Day", from: 1942, day: { by: "weekday", month: 11, weekday: 4, nth: 4 } },
  { name: "Christmas Day", from: 1954, day: { ...observedNearby, month: 12, day: 25 } },
];

/** Early closes, 13:00 in New York in all these years: the footnotes of the same yearly announcements. */
export const xnysEarlyCloses: readonly EarlyCloseRule[] = [
  { name: "day after Thanksgiving", from: 1993, day: { by: "weekday", month: 11, weekday: 4, nth: 4, plusDays: 1 } },
  // Only July 3 itself: where July 4 is a Saturday, Sunday or Monday no other day is shortened in its place.
  { name: "day before Independence Day", from: 1995, day: { ...asItFalls, month: 7, day: 3 }, weekdays: [1, 2, 4] },
  // Where July 4 is a Thursday the exchange shortened the Friday until 2012 (2002 was such a year) and shortens the Wednesday since 2013.
  { name: "day after Independence Day", from: 1996, through: 2012, day: { ...asItFalls, month: 7, day: 5 }, weekdays: [5] },
  { name: "day before Independence Day", from: 2013, day: { ...asItFalls, month: 7, day: 3 }, weekdays: [3] },
  // A Friday December 24 is never short: Christmas is then a Saturday and that Friday is the holiday.
  { name: "Christmas Eve", from: 1999, day: { ...asItFalls, month: 12, day: 24 }, weekdays: [1, 2, 3, 4] },
];

/** Closed all day by a decision of the exchange: its own list of special closings since 1885 and its announcements of the time. */
export const xnysClosures: readonly OneDay[] = [
  { date: "2001-09-11", because: "attacks of September 11" },
  { date: "2001-09-12", because: "attacks of September 11" },
  { date: "2001-09-13", because: "attacks of September 11" },
  { date: "2001-09-14", because: "attacks of September 11" },
  { date: "2004-06-11", because: "national day of mourning, Ronald Reagan" },
  { date: "2007-01-02", because: "national day of mourning, Gerald Ford" },
  { date: "2012-10-29", because: "hurricane Sandy" },
  { date: "2012-10-30", because: "hurricane Sandy" },
  { date: "2018-12-05", because: "national day of mourning, George H. W. Bush" },
  { date: "2025-01-09", because: "national day of mourning, Jimmy Carter" },
];

/** Early closes outside the rules, from the same list. */
export const xnysShortDays: readonly OneDay[] = [{ date: "2003-12-26", because: "the Friday after Christmas" }];

/** Late openings announced ahead, same list. Minutes of silence and halts by accident are not the calendar's business: quotes tell those. */
export const xnysLateOpens: readonly (OneDay & { readonly open: string })[] = [
  { date: "2002-09-11", because: "commemoration of September 11", open: "12:00" },
];
