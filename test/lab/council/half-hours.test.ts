import { describe, expect, it } from "vitest";
import { councilSymbols } from "../../../src/flow/proposals/council-words.ts";
import { halfHoursOf } from "../../../src/lab/council/half-hours.ts";
import { etfMarket } from "../../../src/sim/market/etf-market.ts";
import { withoutDividends } from "../../../src/sim/market/without-dividends.ts";
import { price } from "../../../src/words/price.ts";

const ms = (text: string): number => Temporal.Instant.from(text).epochMilliseconds;
const paid = { kind: "dividend", exDate: "2024-01-04", amount: price("2.5") } as const;
const funds = etfMarket("1", 4);
const [plain, paying] = [funds, funds.map((of) => ({ ...of, bars: withoutDividends(of.bars, [paid]), actions: [paid] }))];
const returnsOf = (histories: typeof funds, until: string): readonly (readonly number[])[] =>
  halfHoursOf(histories)(ms(until)).map(({ closes }) => closes.slice(1).map((close, at) => close / closes[at]! - 1));

describe("half-hours of a fund that pays", () => {
  it.each`
    until                     | because
    ${"2024-01-03T21:00:00Z"} | ${"nothing is known of it the evening before"}
    ${"2024-01-04T14:30:00Z"} | ${"at the open no half-hour is without it yet"}
    ${"2024-01-05T21:00:00Z"} | ${"paying is no fall"}
  `("move until $until as those of one that does not, since $because", ({ until }) => {
    const [with_, without] = [returnsOf(paying, until), returnsOf(plain, until)];
    expect(with_.length).toBe(councilSymbols.length);
    for (const [fund, moves] of with_.entries())
      // A fall of ten dollars of a price of a hundred is more of ninety: of small moves the difference is small.
      for (const [at, move] of moves.entries()) expect(Math.abs(move - without[fund]![at]!)).toBeLessThan(0.002);
  });

  it("show the price itself at the end, and prices of the evening before as they were traded until it goes ex", () => {
    const [evening] = halfHoursOf(paying)(ms("2024-01-03T21:00:00Z"));
    expect(evening).toEqual(halfHoursOf(plain)(ms("2024-01-03T21:00:00Z"))[0]);
    const [later] = halfHoursOf(paying)(ms("2024-01-05T21:00:00Z"));
    const { bars, instrument } = paying[0]!;
    const last = bars.openMs.findLastIndex((open) => open < ms("2024-01-05T21:00:00Z"));
    expect(later!.closes.at(-1)).toBeCloseTo((bars.close[last]! * Number(instrument.tick)) / 1e12, 6);
  });
});
