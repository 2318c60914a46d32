import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { calendarOf } from "../../../../src/flow/market/calendar/calendar.ts";
import { councilDue, nextDueMs } from "../../../../src/flow/market/calendar/council-week.ts";

const calendar = calendarOf("xnys");
const times = { meetingTime: "08:00", answerMinutes: 15 };
const newYork = (time: string): number => Temporal.PlainDateTime.from(time).toZonedDateTime("America/New_York").epochMilliseconds;
const onDay = (date: string): readonly string[] =>
  councilDue(calendar, newYork(`${date}T00:00`), newYork(`${date}T23:59`), times).map(
    ({ what, time, dueMs }) =>
      `${Temporal.Instant.fromEpochMilliseconds(dueMs).toZonedDateTimeISO("America/New_York").toPlainTime().toString().slice(0, 5)} ${what}${time === undefined ? "" : ` ${time}`}`,
  );

describe("what a council has to do on a day (COUN-1, COUN-8)", () => {
  it.each`
    date            | expected                                                                                                                                                                                         | because
    ${"2019-12-18"} | ${["08:00 meeting", "09:00 checkpoint 09:00", "09:45 answers", "12:00 checkpoint 12:00", "12:15 answers", "14:00 checkpoint 14:00", "14:15 answers", "15:50 checkpoint 15:50", "15:55 answers"]} | ${"a Wednesday has the meeting and four looks, each with its time for a person"}
    ${"2019-12-19"} | ${["09:00 checkpoint 09:00", "09:45 answers", "12:00 checkpoint 12:00", "12:15 answers", "14:00 checkpoint 14:00", "14:15 answers", "15:50 checkpoint 15:50", "15:55 answers"]}                  | ${"another day has no meeting"}
    ${"2019-12-24"} | ${["09:00 checkpoint 09:00", "09:45 answers", "12:00 checkpoint 12:00", "12:15 answers", "12:50 checkpoint 15:50", "12:55 answers"]}                                                             | ${"the exchange closes at 13:00: the last look keeps its ten minutes and 14:00 is gone"}
    ${"2019-12-25"} | ${[]}                                                                                                                                                                                            | ${"Christmas is no session"}
    ${"2019-12-26"} | ${["08:00 meeting", "09:00 checkpoint 09:00", "09:45 answers", "12:00 checkpoint 12:00", "12:15 answers", "14:00 checkpoint 14:00", "14:15 answers", "15:50 checkpoint 15:50", "15:55 answers"]} | ${"a meeting whose Wednesday is a holiday is on the next session"}
    ${"2019-12-21"} | ${[]}                                                                                                                                                                                            | ${"a Saturday is no session"}
  `("on $date $because", ({ date, expected }) => expect(onDay(date)).toEqual(expected));

  it("keeps to New York's clock when Europe has changed and America has not", () => {
    expect(councilDue(calendar, newYork("2026-03-11T00:00"), newYork("2026-03-11T08:00"), times)[0]?.dueMs).toBe(Date.UTC(2026, 2, 11, 12));
    expect(councilDue(calendar, newYork("2026-03-04T00:00"), newYork("2026-03-04T08:00"), times)[0]?.dueMs).toBe(Date.UTC(2026, 2, 4, 13));
  });

  it("finds the same things in one stretch as in its parts, in order, and a meeting once a week", () => {
    const start = newYork("2019-11-20T00:00");
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 3_000_000 }), fc.integer({ min: 0, max: 3_000_000 }), (a, b) => {
        const [from, middle, until] = [start, start + a * 1_000, start + (a + b) * 1_000];
        const whole = councilDue(calendar, from, until, times);
        expect([...councilDue(calendar, from, middle, times), ...councilDue(calendar, middle, until, times)]).toEqual(whole);
        expect(whole.map(({ dueMs }) => dueMs)).toEqual(whole.map(({ dueMs }) => dueMs).toSorted((x, y) => x - y));
        const weeks = whole
          .filter(({ what }) => what === "meeting")
          .map(({ date }) => `${Temporal.PlainDate.from(date).yearOfWeek}-${Temporal.PlainDate.from(date).weekOfYear}`);
        expect(new Set(weeks).size).toBe(weeks.length);
      }),
      { seed: 5, numRuns: 60 },
    );
  });

  it("names the next thing", () => {
    expect(nextDueMs(calendar, newYork("2019-12-24T12:55"), times)).toBe(newYork("2019-12-26T08:00"));
  });
});
