import { describe, expect, it } from "vitest";
import { regimeOf, type HalfHours } from "../../../src/flow/market/regime.ts";

const halfHour = 1_800_000;
const start = Date.UTC(2026, 0, 5, 15);
/** A path whose half-hours go up and down by one part and drift by another. */
const fund = (symbol: string, drift: number, wobble = 0.002, count = 40, from = start): HalfHours => ({
  symbol,
  endMs: Array.from({ length: count }, (_, at) => from + at * halfHour),
  closes: Array.from({ length: count }, (_, at) => 100 * Math.exp(drift * at + (at % 2 === 0 ? 0 : wobble))),
});

describe("a regime from half-hours (COUN-2)", () => {
  const regime = regimeOf([fund("SPY", 0.002), fund("TLT", -0.002), fund("HYG", 0.001), fund("UUP", -0.002), fund("GLD", 0, 0.004)]);

  it.each`
    of               | expected     | because
    ${regime.risk}   | ${"on"}      | ${"stocks and credit rise, bonds and dollar fall"}
    ${regime.rates}  | ${"up"}      | ${"bonds fall"}
    ${regime.dollar} | ${"down"}    | ${"UUP falls"}
    ${regime.gold}   | ${"flat"}    | ${"a wobble without a drift is no direction"}
    ${regime.oil}    | ${"unknown"} | ${"USO was not given"}
    ${regime.credit} | ${"up"}      | ${"high yield beats government bonds"}
  `("says $expected because $because", ({ of, expected }) => expect(of).toBe(expected));

  it("measures trend, drawdown and volatility as they are defined", () => {
    const [spy] = regimeOf([
      { symbol: "SPY", endMs: [0, 1, 2, 3, 4, 5, 6, 7].map((at) => at * halfHour), closes: [100, 101, 102, 110, 104, 103, 102, 99] },
    ]).funds;
    expect(spy).toMatchObject({ points: 8, trendPct: -1, drawdownPct: 10 });
    const returns = [101 / 100, 102 / 101, 110 / 102, 104 / 110, 103 / 104, 102 / 103, 99 / 102].map(Math.log);
    const deviation = Math.sqrt(returns.reduce((sum, each) => sum + each * each, 0) / 7);
    expect(spy?.volatilityPct).toBeCloseTo(deviation * Math.sqrt(13 * 252) * 100, 3);
  });

  it.each`
    what                   | of                                                   | because
    ${"too short"}         | ${fund("USO", 0.001, 0.002, 5)}                      | ${"5 half-hours of at least 8"}
    ${"a price of zero"}   | ${{ ...fund("USO", 0), closes: Array(40).fill(0) }}  | ${"a close that is no price"}
    ${"not traded lately"} | ${fund("USO", 0.001, 0.002, 20, start - 90_000_000)} | ${"nothing for 35 hours while others traded"}
  `("leaves out a fund that is $what, by name", ({ of, because }) => {
    const { funds, missing } = regimeOf([fund("SPY", 0.001), of]);
    expect(funds.map(({ symbol }) => symbol)).toEqual(["SPY"]);
    expect(missing).toEqual([{ symbol: "USO", why: because }]);
  });

  it("says nothing of correlation where too few half-hours are common", () => {
    expect(regimeOf([fund("SPY", 0.001), fund("TLT", 0.001, 0.002, 40, start + 35 * halfHour)]).stocksWithBonds).toBeNull();
    expect(regimeOf([fund("SPY", 0.001), fund("TLT", 0.001)]).stocksWithBonds).toBeGreaterThan(0.9);
  });
});
