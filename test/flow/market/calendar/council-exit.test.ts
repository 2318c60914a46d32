import { describe, expect, it } from "vitest";
import { calendarOf } from "../../../../src/flow/market/calendar/calendar.ts";
import { exitMs, outBeforeMs } from "../../../../src/flow/market/calendar/council-exit.ts";

const calendar = calendarOf("xnys");
const times = { meetingTime: "08:00", answerMinutes: 15 };
const newYork = (time: string): number => Temporal.PlainDateTime.from(time).toZonedDateTime("America/New_York").epochMilliseconds;
const told = (ms: number): string =>
  Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO("America/New_York").toPlainDateTime().toString().slice(0, 16);

describe("from when on a trade is left (COUN-11)", () => {
  it.each`
    opened                | sessions | leaves                | because
    ${"2019-12-18T09:45"} | ${1}     | ${"2019-12-18T15:50"} | ${"the session that it was opened in counts"}
    ${"2019-12-18T09:45"} | ${3}     | ${"2019-12-20T15:50"} | ${"three end on Friday"}
    ${"2019-12-18T09:45"} | ${5}     | ${"2019-12-24T12:50"} | ${"a weekend is no session, and Christmas Eve is a short one"}
    ${"2019-12-18T15:55"} | ${1}     | ${"2019-12-19T15:50"} | ${"a session whose last checkpoint is over does not count"}
    ${"2019-12-24T12:20"} | ${2}     | ${"2019-12-26T15:50"} | ${"Christmas is no session"}
  `("opened at $opened for $sessions: $leaves, since $because", ({ opened, sessions, leaves }) =>
    expect(told(exitMs(calendar, times, { openedMs: newYork(opened), sessions }))).toBe(leaves),
  );

  it.each`
    event                 | leaves                | because
    ${"2020-01-10T08:30"} | ${"2020-01-09T14:00"} | ${"15:50 leaves ten minutes, in which a thin fund does not get out"}
    ${"2020-01-08T14:00"} | ${"2020-01-08T12:00"} | ${"a checkpoint at the event is too late"}
    ${"2020-01-08T14:20"} | ${"2020-01-08T12:00"} | ${"twenty minutes are too few"}
    ${"2020-01-08T14:30"} | ${"2020-01-08T14:00"} | ${"half an hour is enough"}
    ${"2020-01-08T10:00"} | ${"2020-01-08T09:00"} | ${"what is due at 09:00 is done from the open on"}
    ${"2020-01-08T09:45"} | ${"2020-01-07T14:00"} | ${"fifteen minutes after the open are too few"}
    ${"2019-12-26T08:30"} | ${"2019-12-24T12:00"} | ${"the short day has its last half hour at 12:30"}
    ${"2020-01-13T08:30"} | ${"2020-01-10T14:00"} | ${"nothing is to be had at a weekend"}
  `("out before $event: $leaves, since $because", ({ event, leaves }) =>
    expect(told(outBeforeMs(calendar, times, newYork(event)))).toBe(leaves),
  );

  it("is left at whichever comes first", () => {
    const of = { openedMs: newYork("2020-01-08T09:45"), sessions: 5 };
    expect(told(exitMs(calendar, times, { ...of, eventMs: newYork("2020-01-10T08:30") }))).toBe("2020-01-09T14:00");
    expect(told(exitMs(calendar, times, { ...of, eventMs: newYork("2020-01-24T08:30") }))).toBe("2020-01-14T15:50");
  });
});
