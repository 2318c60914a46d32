import { existsSync, readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { calendarOf } from "../../../../src/flow/market/calendar/calendar.ts";
import type { DayKind } from "./naive-new-york.ts";

const data = new URL("../../../../../shared/data/", import.meta.url);
const has = (path: string) => existsSync(new URL(path, data));
const textOf = (path: string) => gunzipSync(readFileSync(new URL(path, data))).toString("utf8");

const calendar = calendarOf("xnys");
const ours = (date: Temporal.PlainDate): DayKind => {
  const session = calendar.session(date);
  return session === undefined ? "none" : session.early ? "short" : "full";
};

/** `m/d/yyyy`, with or without leading zeros. */
function isoOf(american: string): string {
  const [month, day, year] = american.split("/").map(Number);
  return Temporal.PlainDate.from({ year: year!, month: month!, day: day! }).toString();
}

/** Energy Policy Act of 2005: from the second Sunday of March to the first of November, at two o'clock of the clock then in force. In UTC milliseconds. */
function summerTimeOf(year: number): { summerFrom: number; summerUntil: number } {
  const firstSunday = (month: number) => 1 + ((7 - new Date(Date.UTC(year, month, 1)).getUTCDay()) % 7);
  return { summerFrom: Date.UTC(year, 2, firstSunday(2) + 7, 7), summerUntil: Date.UTC(year, 10, firstSunday(10), 6) };
}

function* daysOf(from: string, through: string): Generator<Temporal.PlainDate> {
  const end = Temporal.PlainDate.from(through);
  for (let date = Temporal.PlainDate.from(from); Temporal.PlainDate.compare(date, end) <= 0; date = date.add({ days: 1 })) yield date;
}

const marketHours = "lean/market-hours/market-hours-database.json.gz";

describe.skipIf(!has(marketHours))(
  `the New York calendar against QuantConnect's list (skipped without ../shared/data/${marketHours})`,
  () => {
    /** Entries of the list that we hold to be wrong or that say nothing. The test also fails when one of these no longer differs. */
    const known: Readonly<Record<string, string>> = {
      "2017-12-24 is listed as an early close": "it was a Sunday; the Friday before was a full session",
    };

    type Entry = { readonly holidays: readonly string[]; readonly earlyCloses: Readonly<Record<string, string>> };
    const read = (): { holidays: Set<string>; earlyCloses: Map<string, string> } => {
      const entry = (JSON.parse(textOf(marketHours)) as { entries: Record<string, Entry> }).entries["Equity-usa-[*]"]!;
      return {
        holidays: new Set(entry.holidays.map(isoOf)),
        earlyCloses: new Map(Object.entries(entry.earlyCloses).map(([date, time]) => [isoOf(date), time])),
      };
    };

    it.each`
      from            | through         | because
      ${"2018-01-01"} | ${"2027-12-31"} | ${"these ten years are the ones a desk is run and tested on"}
      ${"2000-01-01"} | ${"2017-12-31"} | ${"longer backtests reach back this far"}
      ${"2028-01-01"} | ${"2028-12-31"} | ${"the exchange has published no further"}
    `("is the same on every day from $from through $through because $because", ({ from, through }: { from: string; through: string }) => {
      const { holidays, earlyCloses } = read();
      const differences: string[] = [];
      let days = 0;
      for (const date of daysOf(from, through)) {
        days++;
        const key = date.toString();
        const weekend = date.dayOfWeek > 5;
        const shortAt = earlyCloses.get(key);
        if (shortAt !== undefined && (weekend || holidays.has(key))) {
          differences.push(`${key} is listed as an early close`);
          continue;
        }
        const theirs: DayKind = weekend || holidays.has(key) ? "none" : shortAt === undefined ? "full" : "short";
        if (theirs !== ours(date)) differences.push(`${key} is ${theirs} there and ${ours(date)} here`);
        if (shortAt !== undefined) {
          const close = calendar.session(date)?.closeAt.toZonedDateTimeISO("America/New_York").toPlainTime().toString();
          expect(close, key).toBe(shortAt);
        }
      }
      const expected = Object.keys(known).filter((text) => text.slice(0, 10) >= from && text.slice(0, 10) <= through);
      expect(differences).toEqual(expected);
      expect(days, "every day was looked at").toBe(Temporal.PlainDate.from(from).until(through).days + 1);
    });

    it("is the same in every minute of 2018 to 2027, with the clock changes reckoned by the law alone (C3)", () => {
      const { holidays, earlyCloses } = read();
      const minute = 60_000;
      const day = 1440 * minute;
      const mismatches: string[] = [];
      let open = 0;
      for (let year = 2018; year <= 2027; year++) {
        const { summerFrom, summerUntil } = summerTimeOf(year);
        const endOfDay = new Map<number, number>();
        for (const date of daysOf(`${year}-01-01`, `${year}-12-31`)) {
          const key = date.toString();
          const trades = date.dayOfWeek <= 5 && !holidays.has(key);
          endOfDay.set(date.toZonedDateTime("UTC").epochMilliseconds / day, trades ? (earlyCloses.has(key) ? 13 * 60 : 16 * 60) : 0);
        }
        const newYear = Date.UTC(year, 0, 1, 5);
        const nextYear = Date.UTC(year + 1, 0, 1, 5);
        for (let ms = newYear; ms < nextYear; ms += minute) {
          const local = ms - (ms >= summerFrom && ms < summerUntil ? 4 : 5) * 60 * minute;
          const minutes = (local % day) / minute;
          const expected = minutes >= 9 * 60 + 30 && minutes < endOfDay.get(Math.floor(local / day))!;
          if (expected) open++;
          if (calendar.isOpenMs(ms) !== expected && mismatches.length < 10) mismatches.push(new Date(ms).toISOString());
        }
      }
      expect(mismatches).toEqual([]);
      expect(open, "ten years hold about 2,510 sessions of 390 minutes").toBeGreaterThan(970_000);
    });
  },
);

/** Days on which something that trades with New York had a price. They know nothing of early closes, but nobody made them from a rule. */
const priceLists = [
  { path: "qstrader-fork-daily/GSPC_1950_2019.csv.gz", what: "the S&P 500 index", from: "2000-01-01", through: "2019-08-29", both: true },
  { path: "qstrader-fork-daily/SPY_2003_2024.csv.gz", what: "SPY", from: "2003-04-21", through: "2024-04-19", both: true },
  // The VIX is also published on days without a session: 2004-06-11, and most holidays since 2022.
  { path: "finance-vix/vix-daily.csv.gz", what: "the VIX index", from: "2000-01-01", through: "2026-07-23", both: false },
];

describe.each(priceLists)("the New York calendar against the days of $what", ({ path, from, through, both }) => {
  const promise = both ? "has a session on exactly the days with a price" : "has a session on no day without a price";
  it.skipIf(!has(path))(`${promise} (skipped without ../shared/data/${path})`, () => {
    const lines = textOf(path).split("\n").slice(1);
    const priced = new Set(lines.map((line) => line.slice(0, 10)));
    const differences: string[] = [];
    for (const date of daysOf(from, through)) {
      const key = date.toString();
      const open = ours(date) !== "none";
      if (open && !priced.has(key)) differences.push(`${key} has a session and no price`);
      if (both && !open && priced.has(key)) differences.push(`${key} has a price and no session`);
    }
    expect(differences).toEqual([]);
  });
});
