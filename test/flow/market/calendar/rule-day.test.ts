import { describe, expect, it } from "vitest";
import { easterSunday } from "../../../../src/flow/market/calendar/rule-day.ts";

describe("easterSunday", () => {
  it.each`
    year    | expected        | because
    ${1818} | ${"1818-03-22"} | ${"it is the earliest day Easter can be"}
    ${1943} | ${"1943-04-25"} | ${"it is the latest day Easter can be"}
    ${2038} | ${"2038-04-25"} | ${"it is the latest day again"}
    ${1954} | ${"1954-04-18"} | ${"simpler formulas give the 25th, after the allowed full moon"}
    ${1981} | ${"1981-04-19"} | ${"simpler formulas give the 26th, which is never Easter"}
    ${2000} | ${"2000-04-23"} | ${"a century divisible by 400 keeps its leap day"}
    ${1900} | ${"1900-04-15"} | ${"other centuries do not"}
    ${2008} | ${"2008-03-23"} | ${"it was the earliest for generations"}
    ${2026} | ${"2026-04-05"} | ${"Good Friday 2026 was announced for April 3"}
  `("in $year is $expected because $because", ({ year, expected }: { year: number; expected: string }) => {
    expect(easterSunday(year).toString()).toBe(expected);
  });

  it("is a Sunday between March 22 and April 25 in every year of the Gregorian calendar's first cycles", () => {
    for (let year = 1583; year < 2600; year++) {
      const date = easterSunday(year);
      expect(date.dayOfWeek, String(year)).toBe(7);
      const inMarch = date.toPlainMonthDay().toString();
      expect(inMarch >= "03-22" && inMarch <= "04-25", date.toString()).toBe(true);
    }
  });
});
