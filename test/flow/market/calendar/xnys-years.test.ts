import { describe, expect, it } from "vitest";
import { calendarOf } from "../../../../src/flow/market/calendar/calendar.ts";

const calendar = calendarOf("xnys");
const day = (text: string) => Temporal.PlainDate.from(text);
const at = (text: string) => Temporal.ZonedDateTime.from(`${text}[America/New_York]`).toInstant();

describe("outside its years the New York calendar", () => {
  const before = at("1999-12-31T23:59:59.999");
  const after = at("2031-01-01T00:00");

  it.each`
    question                                          | ask
    ${"session before"}                               | ${() => calendar.session(day("1999-12-31"))}
    ${"session after"}                                | ${() => calendar.session(day("2031-01-02"))}
    ${"isOpen before"}                                | ${() => calendar.isOpen(before)}
    ${"isOpen after"}                                 | ${() => calendar.isOpen(after)}
    ${"isOpenMs before"}                              | ${() => calendar.isOpenMs(before.epochMilliseconds)}
    ${"isOpenMs after"}                               | ${() => calendar.isOpenMs(after.epochMilliseconds)}
    ${"sessionAt after"}                              | ${() => calendar.sessionAt(after)}
    ${"nextOpen after the last session"}              | ${() => calendar.nextOpen(at("2030-12-31T16:00"))}
    ${"nextClose after the last session"}             | ${() => calendar.nextClose(at("2030-12-31T16:00"))}
    ${"previousClose before the first session's end"} | ${() => calendar.previousClose(at("2000-01-03T15:59"))}
  `("refuses $question and says which years it holds", ({ ask }: { ask: () => unknown }) => {
    expect(ask).toThrow(/New York calendar holds 2000 to 2030/);
  });

  it("still answers up to the very edges", () => {
    expect(calendar.isOpen(at("2000-01-01T00:00"))).toBe(false);
    expect(calendar.nextOpen(at("2000-01-01T00:00")).toString()).toBe(at("2000-01-03T09:30").toString());
    expect(calendar.isOpen(at("2030-12-31T15:59:59.999"))).toBe(true);
    expect(calendar.isOpen(at("2030-12-31T23:59:59.999"))).toBe(false);
    expect(calendar.previousClose(at("2030-12-31T23:00")).toString()).toBe(at("2030-12-31T16:00").toString());
  });

  it("says so beforehand to who asks what it covers", () => {
    expect([before, at("2000-01-01T00:00"), at("2030-12-31T23:59:59.999"), after].map((instant) => calendar.covers(instant))).toEqual([
      false,
      true,
      true,
      false,
    ]);
  });

  it("refuses what is not a whole millisecond, whatever it was asked before", () => {
    expect(calendar.isOpenMs(at("2024-07-03T10:00").epochMilliseconds)).toBe(true);
    for (const bad of [at("2024-07-03T10:00").epochMilliseconds + 0.5, Number.NaN, Number.POSITIVE_INFINITY])
      expect(() => calendar.isOpenMs(bad)).toThrow(/whole number of milliseconds/);
  });
});
