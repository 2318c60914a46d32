import { describe, expect, it } from "vitest";
import { shrunkCorrelation } from "../../../src/flow/market/correlation/shrunk-correlation.ts";
import { calendarOf } from "../../../src/flow/market/calendar/calendar.ts";
import { etfMarket } from "../../../src/sim/market/etf-market.ts";

describe("the eight made-up funds", () => {
  const market = etfMarket("7", 120);
  const dayReturns = market.map(({ bars }) => {
    const closes: number[] = [];
    for (let at = 0; at < bars.length; at++)
      if (at + 1 === bars.length || Math.floor(bars.openMs[at + 1]! / 86_400_000) !== Math.floor(bars.openMs[at]! / 86_400_000))
        closes.push(bars.close[at]!);
    return closes.slice(1).map((close, at) => Math.log(close / closes[at]!));
  });

  it("have a bar for every five minutes of every session, and none outside", () => {
    const calendar = calendarOf("xnys");
    for (const { bars } of market) {
      for (let at = 0; at < bars.length; at++) expect(calendar.isOpenMs(bars.openMs[at]!)).toBe(true);
      expect(bars.length).toBe(market[0]!.bars.length);
    }
  });
  it("have bars that hold together, and are the same again", () => {
    for (const { bars } of market)
      for (let at = 0; at < bars.length; at++) {
        const [open, high, low, close] = [bars.open[at]!, bars.high[at]!, bars.low[at]!, bars.close[at]!];
        expect(low <= Math.min(open, close) && high >= Math.max(open, close) && low > 0 && bars.volume[at]! >= 0).toBe(true);
      }
    expect(etfMarket("7", 120).map(({ bars }) => [...bars.close])).toEqual(market.map(({ bars }) => [...bars.close]));
  });
  it("move as loud as they should for as long as one likes, stocks together and bonds against the dollar's kind", () => {
    const wanted = [0.15, 0.2, 0.21, 0.14, 0.07, 0.07, 0.14, 0.33];
    for (const [at, returns] of dayReturns.entries()) {
      const year = Math.sqrt((returns.reduce((sum, each) => sum + each * each, 0) / returns.length) * 252);
      expect(year / wanted[at]!).toBeGreaterThan(0.6);
      expect(year / wanted[at]!).toBeLessThan(1.7);
    }
    const { correlations } = shrunkCorrelation(dayReturns);
    expect(correlations[0]![1]).toBeGreaterThan(0.6);
    expect(correlations[0]![3]).toBeLessThan(0.2);
    expect(correlations[5]![6]).toBeLessThan(0);
  });
});
