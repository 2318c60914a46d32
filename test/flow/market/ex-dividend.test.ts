import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { calendarOf } from "../../../src/flow/market/calendar/calendar.ts";
import { exMsOf, isReduced, paidBetween, reducedBy } from "../../../src/flow/market/ex-dividend.ts";
import { formatExact } from "../../../src/words/exact.ts";
import { price, priceOfUnits } from "../../../src/words/price.ts";

const ms = (text: string): number => Temporal.Instant.from(text).epochMilliseconds;
const uup = { symbol: "UUP", exMs: ms("2019-12-23T14:30:00Z"), amount: price("0.526") };

describe("when prices are without a dividend", () => {
  it.each`
    exDate          | at                        | because
    ${"2019-12-23"} | ${"2019-12-23T14:30:00Z"} | ${"they are from the open of its ex-date on"}
    ${"2019-12-25"} | ${"2019-12-26T14:30:00Z"} | ${"an ex-date without a session is the next one's"}
    ${"2019-12-21"} | ${"2019-12-23T14:30:00Z"} | ${"a Saturday is Monday's"}
    ${"2026-03-09"} | ${"2026-03-09T13:30:00Z"} | ${"New York's clock has moved on"}
  `("$exDate is $at, since $because", ({ exDate, at }) => expect(exMsOf({ exDate }, calendarOf("xnys"))).toBe(ms(at)));
});

describe("what was paid between two looks", () => {
  it.each`
    from                      | to                        | symbol   | paid       | because
    ${"2019-12-18T14:35:00Z"} | ${"2019-12-26T14:35:00Z"} | ${"UUP"} | ${"0.526"} | ${"it went ex in between"}
    ${"2019-12-23T14:30:00Z"} | ${"2019-12-26T14:35:00Z"} | ${"UUP"} | ${"0"}     | ${"who buys at that open gets nothing"}
    ${"2019-12-18T14:35:00Z"} | ${"2019-12-23T14:30:00Z"} | ${"UUP"} | ${"0.526"} | ${"who held it the evening before gets it"}
    ${"2019-12-18T14:35:00Z"} | ${"2019-12-23T14:29:59Z"} | ${"UUP"} | ${"0"}     | ${"nobody gets it sooner"}
    ${"2019-12-18T14:35:00Z"} | ${"2019-12-26T14:35:00Z"} | ${"SPY"} | ${"0"}     | ${"another fund has not paid"}
  `("of $symbol from $from to $to is $paid, since $because", ({ from, to, symbol, paid }) =>
    expect(formatExact(paidBetween([uup], symbol, ms(from), ms(to)))).toBe(paid),
  );
});

describe("where brokers put an order for the ex-date (FINRA 5330)", () => {
  it.each`
    level      | dividend   | lowered    | because
    ${"26.31"} | ${"0.526"} | ${"25.78"} | ${"it is rounded to the next lower tick"}
    ${"26.31"} | ${"0.52"}  | ${"25.79"} | ${"whole ticks come off whole"}
    ${"0.30"}  | ${"0.50"}  | ${"0.01"}  | ${"no order is at nothing"}
  `("$level less $dividend is $lowered, since $because", ({ level, dividend, lowered }) =>
    expect(formatExact(reducedBy(price(dividend), price(level), price("0.01")))).toBe(lowered),
  );

  it.each`
    side      | type               | lowered  | because
    ${"sell"} | ${"stop"}          | ${true}  | ${"the gap alone would set it off"}
    ${"sell"} | ${"trailing_stop"} | ${true}  | ${"it runs after a price with the dividend in it"}
    ${"buy"}  | ${"limit"}         | ${true}  | ${"the gap alone would fill it"}
    ${"sell"} | ${"limit"}         | ${false} | ${"the gap moves the market away from it"}
    ${"buy"}  | ${"stop"}          | ${false} | ${"the gap moves the market away from it"}
  `("a $side $type: $lowered, since $because", ({ side, type, lowered }) => expect(isReduced(side === "buy", type)).toBe(lowered));

  it("is on the tick, lower by the dividend and by less than a tick more", () => {
    const tick = 10n ** 10n;
    fc.assert(
      fc.property(fc.bigInt({ min: 1_000n, max: 100_000n }), fc.bigInt({ min: 1n, max: 5n * 10n ** 12n }), (ticks, dividend) => {
        const lowered = reducedBy(priceOfUnits(dividend), priceOfUnits(ticks * tick), priceOfUnits(tick));
        const by = ticks * tick - lowered;
        expect(lowered % tick).toBe(0n);
        expect(by >= dividend && by < dividend + tick).toBe(true);
      }),
      { seed: 3 },
    );
  });
});
