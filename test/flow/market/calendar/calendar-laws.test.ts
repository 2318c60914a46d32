import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { calendarOf } from "../../../../src/flow/market/calendar/calendar.ts";
import { xnys } from "../../../../src/flow/market/calendar/xnys.ts";
import { naiveIsOpen, type DayKind } from "./naive-new-york.ts";

const fromMs = (ms: number) => Temporal.Instant.fromEpochMilliseconds(ms);
const minute = 60_000;

/** Weeks by their Monday, with the days that are not plain; written by hand from the exchange's announcements. */
const weeks: readonly { readonly monday: string; readonly odd: Readonly<Record<string, DayKind>>; readonly because: string }[] = [
  { monday: "2024-03-04", odd: {}, because: "the clocks go forward at its end" },
  { monday: "2024-03-11", odd: {}, because: "it is the first of summer time, when Europe still has winter time" },
  { monday: "2024-10-28", odd: {}, because: "the clocks go back at its end" },
  { monday: "2024-11-04", odd: {}, because: "it is the first of winter time" },
  { monday: "2024-11-25", odd: { "2024-11-28": "none", "2024-11-29": "short" }, because: "Thanksgiving is in it" },
  { monday: "2024-12-23", odd: { "2024-12-24": "short", "2024-12-25": "none" }, because: "Christmas is in it" },
  { monday: "2024-12-30", odd: { "2025-01-01": "none" }, because: "the year turns in it" },
  { monday: "2025-01-06", odd: { "2025-01-09": "none" }, because: "one day of it is a day of mourning" },
  { monday: "2006-10-23", odd: {}, because: "summer time still ended in October then" },
  { monday: "2006-04-03", odd: {}, because: "summer time still began in April then" },
];

describe("the New York calendar, minute by minute (C3)", () => {
  it.each(weeks)("agrees with the wall clock in the week of $monday because $because", ({ monday, odd }) => {
    const start = Temporal.PlainDate.from(monday);
    const kindOf = (date: string): DayKind => odd[date] ?? (Temporal.PlainDate.from(date).dayOfWeek > 5 ? "none" : "full");
    const kinds = new Map<string, DayKind>();
    for (let days = -1; days < 9; days++) {
      const date = start.add({ days }).toString();
      kinds.set(date, kindOf(date));
    }
    const calendar = xnys();
    const from = start.toZonedDateTime("America/New_York").epochMilliseconds;
    const until = start.add({ days: 7 }).toZonedDateTime("America/New_York").epochMilliseconds;
    const wrong: string[] = [];
    let open = 0;
    for (let ms = from; ms < until; ms += minute) {
      const at = fromMs(ms);
      const expected = naiveIsOpen(at, (date) => kinds.get(date)!);
      if (expected) open++;
      if (calendar.isOpenMs(ms) !== expected || calendar.isOpen(at) !== expected) wrong.push(at.toString());
    }
    expect(wrong).toEqual([]);
    const minutesOf = { full: 390, short: 210, none: 0 } as const satisfies Record<DayKind, number>;
    const days = [...Array(7).keys()].map((day) => minutesOf[kinds.get(start.add({ days: day }).toString())!]);
    expect(open, "the week has as many open minutes as its days promise").toBe(days.reduce<number>((sum, minutes) => sum + minutes, 0));
  });
});

describe("the edges of a session (C4)", () => {
  it("are open from the open on and closed from the close on, to the millisecond, in every session of 2023 to 2025", () => {
    const calendar = calendarOf("xnys");
    let sessions = 0;
    for (let date = Temporal.PlainDate.from("2023-01-01"); date.year < 2026; date = date.add({ days: 1 })) {
      const session = calendar.session(date);
      if (session === undefined) continue;
      sessions++;
      const [open, close] = [session.openAt.epochMilliseconds, session.closeAt.epochMilliseconds];
      const asked = [open - 1, open, close - 1, close].map((ms) => calendar.isOpenMs(ms));
      expect(asked, date.toString()).toEqual([false, true, true, false]);
      const nanosecond = Temporal.Duration.from({ nanoseconds: 1 });
      const finer = [session.openAt.subtract(nanosecond), session.openAt, session.closeAt.subtract(nanosecond), session.closeAt];
      expect(
        finer.map((at) => calendar.isOpen(at)),
        date.toString(),
      ).toEqual([false, true, true, false]);
      expect(calendar.sessionAt(session.openAt)?.date.toString()).toBe(date.toString());
      expect(calendar.sessionAt(session.closeAt)).toBeUndefined();
      expect(calendar.tradingDay(session.openAt).equals(date)).toBe(true);
    }
    expect(sessions, "250 sessions in 2023 and 2025, 252 in 2024").toBe(752);
  });
});

describe("the laws of a calendar", () => {
  const first = Temporal.Instant.from("2000-01-05T00:00Z").epochMilliseconds;
  const last = Temporal.Instant.from("2030-12-30T00:00Z").epochMilliseconds;
  const anyMs = fc.integer({ min: first, max: last });
  /** Near each other, so that the remembered stretch is hit and missed in turn. */
  const someMs = fc
    .tuple(anyMs, fc.array(fc.integer({ min: -5 * 1440, max: 5 * 1440 }), { maxLength: 30 }))
    .map(([ms, offsets]) => offsets.map((minutes) => Math.min(last, Math.max(first, ms + minutes * minute))));

  it("answers the same whatever was asked before (the cache is not seen)", () => {
    const asked = xnys();
    fc.assert(
      fc.property(someMs, (instants) => {
        for (const ms of instants) {
          const fresh = xnys();
          const at = fromMs(ms);
          const open = fresh.session(fresh.tradingDay(at));
          const expected = open !== undefined && ms >= open.openAt.epochMilliseconds && ms < open.closeAt.epochMilliseconds;
          expect(asked.isOpenMs(ms), at.toString()).toBe(expected);
          expect(asked.isOpen(at), at.toString()).toBe(expected);
        }
      }),
      { seed: 20261121, numRuns: 40 },
    );
  });

  it.each(["xnys", "always"] as const)(
    "%s: the next open is the first open instant, and the next close ends the session it opens",
    (name) => {
      const calendar = calendarOf(name);
      fc.assert(
        fc.property(anyMs, (ms) => {
          const at = fromMs(ms);
          const open = calendar.nextOpen(at);
          const close = calendar.nextClose(at);
          const previous = calendar.previousClose(at);
          expect(calendar.isOpen(open)).toBe(true);
          expect(open.equals(at)).toBe(calendar.isOpen(at));
          expect(calendar.sessionAt(open)!.closeAt.equals(close), "the close belongs to the session that is or comes next").toBe(true);
          expect(Temporal.Instant.compare(previous, at) <= 0 && Temporal.Instant.compare(at, close) < 0).toBe(true);
          expect(calendar.nextClose(previous).equals(close), "no close lies between the previous and the next").toBe(true);
          expect(calendar.previousClose(close).equals(close), "a close is the last one at its own instant").toBe(true);
          if (calendar.isOpen(at)) return;
          const between = fc.sample(fc.integer({ min: ms, max: open.epochMilliseconds - 1 }), { numRuns: 5, seed: ms });
          for (const wait of [...between, open.epochMilliseconds - 1])
            expect(calendar.isOpenMs(wait), "nothing is open before it").toBe(false);
        }),
        { seed: 42, numRuns: 300 },
      );
    },
  );

  it("walks from session to session without missing one", () => {
    const calendar = calendarOf("xnys");
    const walked: string[] = [];
    let at = Temporal.Instant.from("2018-01-01T00:00Z");
    // Bounded, so that a calendar that stands still fails here instead of hanging.
    for (let step = 0; step < 3000; step++) {
      const session = calendar.sessionAt(calendar.nextOpen(at))!;
      if (session.date.year > 2027) break;
      walked.push(session.date.toString());
      at = calendar.nextClose(at);
    }
    const listed: string[] = [];
    for (let date = Temporal.PlainDate.from("2018-01-01"); date.year < 2028; date = date.add({ days: 1 }))
      if (calendar.session(date) !== undefined) listed.push(date.toString());
    expect(walked).toEqual(listed);
  });
});
