/**
 * The plain way to say when New York trades, for tests to hold the real one against: wall-clock minutes of a zoned date-time.
 * Which days are full or short is given from outside, so that it shares nothing with the rules.
 */
export type DayKind = "full" | "short" | "none";

export function naiveIsOpen(at: Temporal.Instant, kindOf: (date: string) => DayKind): boolean {
  const local = at.toZonedDateTimeISO("America/New_York");
  const kind = kindOf(local.toPlainDate().toString());
  if (kind === "none") return false;
  const minutes = local.hour * 60 + local.minute;
  return minutes >= 9 * 60 + 30 && minutes < (kind === "short" ? 13 : 16) * 60;
}
