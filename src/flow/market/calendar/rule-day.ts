import { unreachable } from "../../../words/invariant.ts";

/** Monday is 1, as in `Temporal`. */
export type Weekday = 1 | 2 | 3 | 4 | 5;

/** How a rule names its day of a year. Two dates that fall on a weekend move: `saturday` and `sunday` say where to. */
export type RuleDay =
  | {
      readonly by: "date";
      readonly month: number;
      readonly day: number;
      readonly saturday: "friday_before" | "not_observed";
      readonly sunday: "monday_after" | "not_observed";
    }
  | {
      readonly by: "weekday";
      readonly month: number;
      readonly weekday: Weekday;
      readonly nth: 1 | 2 | 3 | 4 | "last";
      readonly plusDays?: number;
    }
  | { readonly by: "easter"; readonly plusDays: number };

/** The date in `year`, or undefined where that year does not observe it. */
export function dateOfRule(rule: RuleDay, year: number): Temporal.PlainDate | undefined {
  switch (rule.by) {
    case "date": {
      const date = Temporal.PlainDate.from({ year, month: rule.month, day: rule.day });
      if (date.dayOfWeek === 6) return rule.saturday === "friday_before" ? date.subtract({ days: 1 }) : undefined;
      if (date.dayOfWeek === 7) return rule.sunday === "monday_after" ? date.add({ days: 1 }) : undefined;
      return date;
    }
    case "weekday":
      return nthWeekday(year, rule.month, rule.weekday, rule.nth).add({ days: rule.plusDays ?? 0 });
    case "easter":
      return easterSunday(year).add({ days: rule.plusDays });
    default:
      return unreachable(rule);
  }
}

function nthWeekday(year: number, month: number, weekday: Weekday, nth: 1 | 2 | 3 | 4 | "last"): Temporal.PlainDate {
  const first = Temporal.PlainDate.from({ year, month, day: 1 });
  if (nth !== "last") return first.add({ days: ((weekday - first.dayOfWeek + 7) % 7) + 7 * (nth - 1) });
  const last = first.with({ day: first.daysInMonth });
  return last.subtract({ days: (last.dayOfWeek - weekday + 7) % 7 });
}

/**
 * The anonymous Gregorian computus (Meeus, Astronomical Algorithms, chapter 8; also Jones and Butcher).
 * Its letters are kept, because the formula is only ever checked against the book.
 */
export function easterSunday(year: number): Temporal.PlainDate {
  const a = year % 19;
  const b = Math.floor(year / 100);
  const c = year % 100;
  const d = Math.floor(b / 4);
  const e = b % 4;
  const f = Math.floor((b + 8) / 25);
  const g = Math.floor((b - f + 1) / 3);
  const h = (19 * a + b - d - g + 15) % 30;
  const i = Math.floor(c / 4);
  const k = c % 4;
  const l = (32 + 2 * e + 2 * i - h - k) % 7;
  const m = Math.floor((a + 11 * h + 22 * l) / 451);
  const n = h + l - 7 * m + 114;
  return Temporal.PlainDate.from({ year, month: Math.floor(n / 31), day: (n % 31) + 1 });
}
