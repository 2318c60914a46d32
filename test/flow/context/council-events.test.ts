import { describe, expect, it } from "vitest";
import { readEvents } from "../../../src/flow/context/council-events.ts";
import { calendarOf } from "../../../src/flow/market/calendar/calendar.ts";

describe("the calendar of events (COUN-2)", () => {
  it.each`
    line                       | why                                                               | because
    ${"NFP:2026-02-30T08:30"}  | ${"2026-02-30T08:30 is no time on the clock of America/New_York"} | ${"February has no 30th"}
    ${"CPI:2026-01-13T25:00"}  | ${"2026-01-13T25:00 is no time on the clock of America/New_York"} | ${"a day has no hour 25"}
    ${"CPI:2026-01-13T08:75"}  | ${"2026-01-13T08:75 is no time on the clock of America/New_York"} | ${"an hour has no minute 75"}
    ${"FOMC:2026-03-08T02:30"} | ${"2026-03-08T02:30 is no time on the clock of America/New_York"} | ${"that hour was skipped in spring"}
    ${"FOMC:2026-11-01T01:30"} | ${"2026-11-01T01:30 is no time on the clock of America/New_York"} | ${"that hour came twice in autumn"}
    ${"GDP:2026-01-13T08:30"}  | ${"GDP is not one of NFP, CPI, FOMC"}                             | ${"a trade cannot be out before what has no name"}
    ${"NFP 2026-01-13 08:30"}  | ${"an event is written as NFP:2026-01-09T08:30"}                  | ${"it is written otherwise"}
    ${"NFP:2040-01-13T08:30"}  | ${"the calendar does not hold 2040"}                              | ${"nobody knows that year's sessions"}
  `("refuses $line by name because $because, and takes the rest", ({ line, why }) => {
    const { events, refused } = readEvents([line, "NFP:2026-01-09T08:30"], calendarOf("xnys"));
    expect(refused).toEqual([{ event: line, why }]);
    expect(events.map(({ name, at }) => `${name} ${at.toString()}`)).toEqual(["NFP 2026-01-09T13:30:00Z"]);
  });
});
