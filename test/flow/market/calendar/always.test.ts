import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { calendarOf } from "../../../../src/flow/market/calendar/calendar.ts";

const calendar = calendarOf("always");
const instant = (text: string) => Temporal.Instant.from(text);

describe("the calendar that is always open", () => {
  it.each`
    at                            | date            | nextClose                 | because
    ${"2024-02-28T23:59:59.999Z"} | ${"2024-02-28"} | ${"2024-02-29T00:00:00Z"} | ${"a leap year has one more day"}
    ${"2024-02-29T00:00:00Z"}     | ${"2024-02-29"} | ${"2024-03-01T00:00:00Z"} | ${"midnight belongs to the day that begins"}
    ${"2025-03-09T07:30:00Z"}     | ${"2025-03-09"} | ${"2025-03-10T00:00:00Z"} | ${"UTC knows no summer time"}
    ${"2024-12-25T12:00:00Z"}     | ${"2024-12-25"} | ${"2024-12-26T00:00:00Z"} | ${"there are no holidays"}
    ${"1969-12-31T23:59:59Z"}     | ${"1969-12-31"} | ${"1970-01-01T00:00:00Z"} | ${"days before 1970 end at their midnight too"}
  `("counts $at as $date because $because", ({ at, date, nextClose }: Record<string, string>) => {
    expect(calendar.tradingDay(instant(at!)).toString()).toBe(date);
    expect(calendar.nextClose(instant(at!)).toString()).toBe(nextClose);
  });

  it("is open at every instant, in the session of its UTC day, which is a day long", () => {
    fc.assert(
      fc.property(fc.integer({ min: -2_000_000_000_000, max: 8_000_000_000_000 }), (epochMs) => {
        const at = Temporal.Instant.fromEpochMilliseconds(epochMs);
        const session = calendar.sessionAt(at)!;
        expect(calendar.isOpen(at) && calendar.isOpenMs(epochMs) && calendar.covers(at)).toBe(true);
        expect(calendar.nextOpen(at).equals(at)).toBe(true);
        expect(Math.floor(epochMs / 86_400_000) * 86_400_000).toBe(session.openAt.epochMilliseconds);
        expect(session.closeAt.epochMilliseconds - session.openAt.epochMilliseconds).toBe(86_400_000);
        expect(calendar.session(calendar.tradingDay(at))!.openAt.equals(session.openAt)).toBe(true);
        expect(calendar.nextClose(at).equals(session.closeAt) && calendar.previousClose(at).equals(session.openAt)).toBe(true);
        expect(session.early).toBe(false);
      }),
      { seed: 7 },
    );
  });

  it("refuses what is not a whole millisecond", () => {
    expect(() => calendar.isOpenMs(0.5)).toThrow(/whole number of milliseconds/);
  });
});
