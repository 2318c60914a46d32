import { describe, expect, it } from "vitest";
import { calendarOf } from "../../../../src/flow/market/calendar/calendar.ts";
import { xnys } from "../../../../src/flow/market/calendar/xnys.ts";

const calendar = calendarOf("xnys");
const day = (text: string) => Temporal.PlainDate.from(text);
const time = (text: string) => Temporal.PlainTime.from(text);
const at = (text: string) => Temporal.ZonedDateTime.from(`${text}[America/New_York]`).toInstant();

const clock = (instant: Temporal.Instant) =>
  instant.toZonedDateTimeISO("America/New_York").toPlainTime().toString({ smallestUnit: "minute" });

/** A session as a person would write it: `09:30-16:00`, on the New York clock. */
function hours(date: string, of = calendar): string {
  const session = of.session(day(date));
  if (session === undefined) return "closed";
  return `${clock(session.openAt)}-${clock(session.closeAt)}${session.early ? " early" : ""}`;
}

describe("OPT-7 the New York calendar", () => {
  it.each`
    date            | expected               | because
    ${"2019-06-12"} | ${"09:30-16:00"}       | ${"it is a plain Wednesday"}
    ${"2019-06-15"} | ${"closed"}            | ${"it is a Saturday"}
    ${"2019-06-16"} | ${"closed"}            | ${"it is a Sunday"}
    ${"2010-12-31"} | ${"09:30-16:00"}       | ${"a Saturday New Year does not close the Friday that ends the year"}
    ${"2021-12-31"} | ${"09:30-16:00"}       | ${"a Saturday New Year does not close the Friday that ends the year"}
    ${"2022-01-03"} | ${"09:30-16:00"}       | ${"a Saturday New Year does not close the Monday either"}
    ${"2027-12-31"} | ${"09:30-16:00"}       | ${"the exchange announced no New Year holiday for 2028"}
    ${"2023-01-02"} | ${"closed"}            | ${"a Sunday New Year is kept on the Monday"}
    ${"2025-01-20"} | ${"closed"}            | ${"the third Monday of January is Martin Luther King, Jr. Day"}
    ${"2027-02-15"} | ${"closed"}            | ${"the third Monday may be as early as the 15th"}
    ${"2022-02-21"} | ${"closed"}            | ${"the third Monday may be as late as the 21st"}
    ${"2008-03-21"} | ${"closed"}            | ${"Good Friday was this early in 2008"}
    ${"2011-04-22"} | ${"closed"}            | ${"Good Friday was this late in 2011"}
    ${"2024-04-01"} | ${"09:30-16:00"}       | ${"Easter Monday is a session"}
    ${"2021-05-31"} | ${"closed"}            | ${"the last Monday of May may be the 31st"}
    ${"2020-05-25"} | ${"closed"}            | ${"the last Monday of May may be the 25th"}
    ${"2021-06-18"} | ${"09:30-16:00"}       | ${"Juneteenth was federal in 2021 but the exchange stayed open"}
    ${"2022-06-20"} | ${"closed"}            | ${"Juneteenth 2022 was a Sunday"}
    ${"2027-06-18"} | ${"closed"}            | ${"Juneteenth 2027 is a Saturday"}
    ${"2020-07-02"} | ${"09:30-16:00"}       | ${"no day is shortened before the observed Friday"}
    ${"2020-07-03"} | ${"closed"}            | ${"July 4 was a Saturday"}
    ${"2021-07-02"} | ${"09:30-16:00"}       | ${"July 4 was a Sunday, and July 3 a Saturday"}
    ${"2021-07-05"} | ${"closed"}            | ${"July 4 was a Sunday"}
    ${"2022-07-01"} | ${"09:30-16:00"}       | ${"July 4 was a Monday, and the Friday before is a full day"}
    ${"2023-07-03"} | ${"09:30-13:00 early"} | ${"July 4 was a Tuesday"}
    ${"2024-07-03"} | ${"09:30-13:00 early"} | ${"July 4 was a Thursday, and since 2013 the Wednesday is short"}
    ${"2024-07-05"} | ${"09:30-16:00"}       | ${"since 2013 the Friday after a Thursday holiday is full"}
    ${"2002-07-03"} | ${"09:30-16:00"}       | ${"until 2012 the Wednesday before a Thursday holiday was full"}
    ${"2002-07-05"} | ${"09:30-13:00 early"} | ${"until 2012 the Friday after a Thursday holiday was short"}
    ${"2025-07-03"} | ${"09:30-13:00 early"} | ${"July 4 was a Friday"}
    ${"2026-07-02"} | ${"09:30-16:00"}       | ${"no day is shortened before the observed Friday"}
    ${"2026-07-03"} | ${"closed"}            | ${"July 4 is a Saturday"}
    ${"2025-09-01"} | ${"closed"}            | ${"the first Monday of September may be the 1st"}
    ${"2018-11-22"} | ${"closed"}            | ${"the fourth Thursday of November is Thanksgiving, not the last"}
    ${"2018-11-23"} | ${"09:30-13:00 early"} | ${"it is the day after Thanksgiving"}
    ${"2018-11-29"} | ${"09:30-16:00"}       | ${"it is the fifth Thursday of November"}
    ${"2017-12-22"} | ${"09:30-16:00"}       | ${"December 24 was a Sunday, and the Friday before is full"}
    ${"2021-12-24"} | ${"closed"}            | ${"Christmas was a Saturday, so its eve is the holiday"}
    ${"2021-12-23"} | ${"09:30-16:00"}       | ${"the eve of an observed holiday is full"}
    ${"2022-12-23"} | ${"09:30-16:00"}       | ${"December 24 was a Saturday"}
    ${"2022-12-26"} | ${"closed"}            | ${"Christmas was a Sunday"}
    ${"2024-12-24"} | ${"09:30-13:00 early"} | ${"it is Christmas Eve on a Tuesday"}
    ${"2025-12-26"} | ${"09:30-16:00"}       | ${"federal offices closed by order, the exchange did not"}
    ${"2003-12-26"} | ${"09:30-13:00 early"} | ${"the exchange shortened that one Friday after Christmas"}
    ${"2008-12-26"} | ${"09:30-16:00"}       | ${"and no other Friday after Christmas"}
    ${"2001-09-14"} | ${"closed"}            | ${"the exchange was closed for four days from September 11"}
    ${"2001-09-17"} | ${"09:30-16:00"}       | ${"it opened again on that Monday"}
    ${"2002-09-11"} | ${"12:00-16:00"}       | ${"the exchange opened at noon for the commemoration"}
    ${"2007-01-02"} | ${"closed"}            | ${"of a day of mourning for Gerald Ford"}
    ${"2012-10-30"} | ${"closed"}            | ${"of hurricane Sandy"}
    ${"2012-10-31"} | ${"09:30-16:00"}       | ${"it opened again after the storm"}
    ${"2018-12-05"} | ${"closed"}            | ${"of a day of mourning for George H. W. Bush"}
    ${"2025-01-09"} | ${"closed"}            | ${"of a day of mourning for Jimmy Carter"}
    ${"2020-03-23"} | ${"09:30-16:00"}       | ${"the floor closed, the market did not"}
    ${"2024-11-05"} | ${"09:30-16:00"}       | ${"election days are sessions since 1984"}
    ${"2024-11-11"} | ${"09:30-16:00"}       | ${"Veterans Day is a session"}
    ${"2024-10-14"} | ${"09:30-16:00"}       | ${"Columbus Day is a session"}
  `("on $date is $expected because $because", ({ date, expected }: { date: string; expected: string }) => {
    expect(hours(date)).toBe(expected);
  });

  it.each`
    instant               | open                  | close                 | previous              | because
    ${"2024-07-03T12:00"} | ${"2024-07-03T12:00"} | ${"2024-07-03T13:00"} | ${"2024-07-02T16:00"} | ${"it is open now, and the short day ends at one"}
    ${"2024-07-03T13:00"} | ${"2024-07-05T09:30"} | ${"2024-07-05T16:00"} | ${"2024-07-03T13:00"} | ${"the very close is closed, and the next session is after the holiday"}
    ${"2024-07-03T09:30"} | ${"2024-07-03T09:30"} | ${"2024-07-03T13:00"} | ${"2024-07-02T16:00"} | ${"the very open is open"}
    ${"2024-07-03T09:29"} | ${"2024-07-03T09:30"} | ${"2024-07-03T13:00"} | ${"2024-07-02T16:00"} | ${"a minute before it is still closed"}
    ${"2001-09-12T10:00"} | ${"2001-09-17T09:30"} | ${"2001-09-17T16:00"} | ${"2001-09-10T16:00"} | ${"six days passed between two sessions"}
    ${"2025-03-08T00:00"} | ${"2025-03-10T09:30"} | ${"2025-03-10T16:00"} | ${"2025-03-07T16:00"} | ${"the weekend has the missing hour of spring in it"}
    ${"2024-12-31T16:00"} | ${"2025-01-02T09:30"} | ${"2025-01-02T16:00"} | ${"2024-12-31T16:00"} | ${"the year turns between two sessions"}
  `("from $instant opens $open and closes $close because $because", ({ instant, open, close, previous }: Record<string, string>) => {
    expect(calendar.nextOpen(at(instant!)).toString()).toBe(at(open!).toString());
    expect(calendar.nextClose(at(instant!)).toString()).toBe(at(close!).toString());
    expect(calendar.previousClose(at(instant!)).toString()).toBe(at(previous!).toString());
  });

  it.each`
    instant                   | date            | because
    ${"2024-07-03T03:59:59Z"} | ${"2024-07-02"} | ${"New York is four hours behind in summer"}
    ${"2024-07-03T04:00:00Z"} | ${"2024-07-03"} | ${"the day turns at local midnight, not at the open"}
    ${"2024-12-03T04:59:59Z"} | ${"2024-12-02"} | ${"New York is five hours behind in winter"}
    ${"2024-12-03T05:00:00Z"} | ${"2024-12-03"} | ${"the day turns at local midnight in winter too"}
    ${"2024-12-25T17:00:00Z"} | ${"2024-12-25"} | ${"a day without a session is still a day"}
  `("counts $instant as $date because $because", ({ instant, date }: { instant: string; date: string }) => {
    expect(calendar.tradingDay(Temporal.Instant.from(instant)).toString()).toBe(date);
  });

  it.each([...Array(10).keys()].map((index) => 2018 + index))(
    "keeps 09:30 and six and a half hours around the clock changes of %i",
    (year) => {
      const zone = "America/New_York";
      const changes: Temporal.PlainDate[] = [];
      let cursor = Temporal.ZonedDateTime.from(`${year}-01-01[${zone}]`).getTimeZoneTransition("next");
      for (; cursor !== null && cursor.year === year; cursor = cursor.getTimeZoneTransition("next")) changes.push(cursor.toPlainDate());
      expect(
        changes.map(({ month }) => month),
        "the clocks change in March and November",
      ).toEqual([3, 11]);
      for (const change of changes) {
        expect(change.dayOfWeek, "on a Sunday, so never inside a session").toBe(7);
        const utcHours = [-2, 1].map((days) => {
          const session = calendar.session(change.add({ days }))!;
          expect(session.openAt.until(session.closeAt).total("hours")).toBe(6.5);
          expect(hours(session.date.toString())).toBe("09:30-16:00");
          return session.openAt.toZonedDateTimeISO("UTC").hour;
        });
        expect(utcHours, "the same wall clock is another hour in UTC").toEqual(change.month === 3 ? [14, 13] : [13, 14]);
      }
    },
  );
});

describe("configured session times (OPT-7)", () => {
  const desk = xnys({ open: time("10:00"), close: time("15:30"), earlyClose: time("12:30") });

  it.each`
    date            | expected               | because
    ${"2024-07-02"} | ${"10:00-15:30"}       | ${"the desk keeps its own hours"}
    ${"2024-07-03"} | ${"10:00-12:30 early"} | ${"a short day ends at the desk's own early close"}
    ${"2024-07-04"} | ${"closed"}            | ${"the holidays stay the exchange's"}
    ${"2002-09-11"} | ${"12:00-15:30"}       | ${"a late opening moves a desk that would have begun before it"}
  `("are $expected on $date because $because", ({ date, expected }: { date: string; expected: string }) => {
    expect(hours(date, desk)).toBe(expected);
  });

  it("leave the exchange's own hours where they are not given", () => {
    expect(hours("2024-07-02", xnys({ open: time("09:45") }))).toBe("09:45-16:00");
  });

  it("have no session where the desk's day ends before a late opening", () => {
    const morning = xnys({ close: time("11:00"), earlyClose: time("10:30") });
    expect(hours("2002-09-11", morning)).toBe("closed");
    expect(morning.nextOpen(at("2002-09-11T10:00")).toString()).toBe(at("2002-09-12T09:30").toString());
  });

  it.each`
    open          | earlyClose | close      | because
    ${"13:00"}    | ${"13:00"} | ${"16:00"} | ${"a short day would be empty"}
    ${"09:30"}    | ${"16:01"} | ${"16:00"} | ${"a short day would be the longer one"}
    ${"09:30:15"} | ${"13:00"} | ${"16:00"} | ${"sessions are whole minutes"}
  `("refuse $open, $earlyClose, $close because $because", ({ open, earlyClose, close }: Record<string, string>) => {
    expect(() => xnys({ open: time(open!), earlyClose: time(earlyClose!), close: time(close!) })).toThrow(/session times are/);
  });
});
