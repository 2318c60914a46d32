import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { indicatorUnit, type IndicatorSpec } from "../../../../src/flow/market/indicators/indicator-spec.ts";
import { makeIndicator } from "../../../../src/flow/market/indicators/make-indicator.ts";
import { batch } from "./batch-formulas.ts";
import { expectNear } from "./expect-near.ts";
import { randomWalk, type Candle } from "./random-walk.ts";
import { namesOf } from "../../../../src/flow/market/indicators/bar-indicator.ts";

const feed = (spec: IndicatorSpec, bars: readonly Candle[]) => {
  const indicator = makeIndicator(spec);
  for (const { open, high, low, close, volume } of bars) indicator.onBar(open, high, low, close, volume);
  return indicator;
};
const read = (spec: IndicatorSpec, bars: readonly Candle[]): Record<string, number> => {
  const into: Record<string, number> = {};
  const indicator = feed(spec, bars);
  indicator.read(into, namesOf(indicator, "x"));
  return into;
};
const flat = (closes: readonly number[], volume = 1): Candle[] =>
  closes.map((close) => ({ open: close, high: close, low: close, close, volume }));

describe("an indicator is ready", () => {
  it.each<{ spec: IndicatorSpec; bars: number; because: string }>([
    { spec: { kind: "sma", period: 20 }, bars: 20, because: "it averages 20 closes" },
    { spec: { kind: "sma", period: 1 }, bars: 1, because: "the last close is its own average" },
    { spec: { kind: "ema", period: 20 }, bars: 20, because: "it starts from a simple average" },
    { spec: { kind: "rsi", period: 14 }, bars: 15, because: "14 changes need 15 closes" },
    { spec: { kind: "atr", period: 14 }, bars: 14, because: "the first range is high less low" },
    { spec: { kind: "macd", fast: 12, slow: 26, signal: 9 }, bars: 34, because: "the signal averages 9 of what starts at 26" },
    { spec: { kind: "bollinger", period: 20, deviations: 2 }, bars: 20, because: "its window is full" },
    { spec: { kind: "adx", period: 14 }, bars: 28, because: "14 movements need 15 bars, and 14 indices 13 more" },
    { spec: { kind: "donchian", period: 20 }, bars: 20, because: "its window is full, the newest bar included" },
    { spec: { kind: "stochastic", kPeriod: 14, dPeriod: 3 }, bars: 16, because: "d averages 3 of what starts at 14" },
    { spec: { kind: "roc", period: 10 }, bars: 11, because: "the base is 10 bars back" },
    { spec: { kind: "volatility", period: 20 }, bars: 21, because: "20 returns need 21 closes" },
    { spec: { kind: "zscore", period: 20 }, bars: 20, because: "its window is full" },
    { spec: { kind: "vwap", period: 20 }, bars: 20, because: "its window is full" },
  ])("after $bars bars as $spec.kind, because $because", ({ spec, bars }) => {
    const walk = randomWalk(7, bars);
    expect(feed(spec, walk.slice(0, -1)).ready).toBe(false);
    expect(Object.values(read(spec, walk.slice(0, -1))).every(Number.isNaN)).toBe(true);
    expect(feed(spec, walk).ready).toBe(true);
    expect(Object.values(read(spec, walk)).every(Number.isFinite)).toBe(true);
  });
});

describe("where a formula has a hole", () => {
  it.each<{ spec: IndicatorSpec; bars: Candle[]; expected: Record<string, number>; because: string }>([
    { spec: { kind: "rsi", period: 2 }, bars: flat([5, 5, 5]), expected: { x: 50 }, because: "no movement is neither strong nor weak" },
    { spec: { kind: "rsi", period: 2 }, bars: flat([5, 6, 7]), expected: { x: 100 }, because: "it only rose" },
    { spec: { kind: "rsi", period: 2 }, bars: flat([7, 6, 5]), expected: { x: 0 }, because: "it only fell" },
    { spec: { kind: "zscore", period: 3 }, bars: flat([0.1, 0.1, 0.1]), expected: { x: 0 }, because: "all are the average" },
    {
      spec: { kind: "zscore", period: 3 },
      bars: flat([9e6, 0.1, 0.1, 0.1]),
      expected: { x: 0 },
      because: "a jump that left leaves nothing",
    },
    { spec: { kind: "stochastic", kPeriod: 2, dPeriod: 1 }, bars: flat([5, 5]), expected: { "x.k": 50, "x.d": 50 }, because: "no range" },
    { spec: { kind: "roc", period: 1 }, bars: flat([0, 5]), expected: { x: 0 }, because: "nothing has no percentage" },
    { spec: { kind: "roc", period: 2 }, bars: flat([100, 1, 110]), expected: { x: 10 }, because: "it is in percent" },
    { spec: { kind: "vwap", period: 2 }, bars: flat([5, 7], 0), expected: { x: 7 }, because: "nothing traded, so the newest stands" },
    {
      spec: { kind: "vwap", period: 3 },
      bars: [...flat([5], 0.1), ...flat([6], 0.2), ...flat([7, 8, 9], 0)],
      expected: { x: 9 },
      because: "what traded has left",
    },
    {
      spec: { kind: "adx", period: 1 },
      bars: flat([5, 5]),
      expected: { "x.adx": 0, "x.plusDi": 0, "x.minusDi": 0 },
      because: "it did not move",
    },
    { spec: { kind: "volatility", period: 2 }, bars: flat([5, 5, 5]), expected: { x: 0 }, because: "it did not move" },
    {
      spec: { kind: "donchian", period: 2 },
      bars: flat([-1, 0, 0]),
      expected: { "x.highest": 0, "x.lowest": 0 },
      because: "zero has no sign",
    },
  ])("$spec.kind is $expected because $because", ({ spec, bars, expected }) => {
    expect(read(spec, bars)).toEqual(expected);
  });

  it("volatility starts again after a close at or below zero, which has no logarithm", () => {
    const spec = { kind: "volatility", period: 2 } as const;
    expect(feed(spec, flat([5, 6, 7])).ready).toBe(true);
    expect(feed(spec, flat([5, 6, 7, -1])).ready).toBe(false);
    expect(feed(spec, flat([5, 6, 7, -1, 5, 6])).ready).toBe(false);
    expect(read(spec, flat([5, 6, 7, -1, 5, 6, 7]))).toEqual(read(spec, flat([5, 6, 7])));
  });
});

describe("a period", () => {
  it.each<{ spec: IndicatorSpec; because: string }>([
    { spec: { kind: "sma", period: 0 }, because: "no bars have no average" },
    { spec: { kind: "ema", period: 2.5 }, because: "bars are whole" },
    { spec: { kind: "atr", period: Number.NaN }, because: "NaN is no number of bars" },
    { spec: { kind: "rsi", period: -14 }, because: "bars are counted forward" },
    { spec: { kind: "donchian", period: 1e12 }, because: "memory is bounded" },
    { spec: { kind: "zscore", period: 1 }, because: "one value has no deviation" },
    { spec: { kind: "macd", fast: 26, slow: 12, signal: 9 }, because: "fast is the shorter one" },
    { spec: { kind: "bollinger", period: 20, deviations: 0 }, because: "bands have a width" },
  ])("is refused in $spec because $because", ({ spec }) => {
    expect(() => makeIndicator(spec)).toThrow("Invariant");
  });
});

const period = fc.integer({ min: 1, max: 12 });
const window = fc.integer({ min: 2, max: 12 });
const specs = fc.oneof(
  fc.record({ kind: fc.constantFrom("sma", "ema", "rsi", "atr", "adx", "donchian", "roc", "vwap"), period }),
  fc.record({ kind: fc.constantFrom("volatility", "zscore"), period: window }),
  fc.record({ kind: fc.constant("bollinger"), period: window, deviations: fc.constantFrom(1, 2, 2.5) }),
  fc.record({ kind: fc.constant("stochastic"), kPeriod: period, dPeriod: period }),
  fc
    .record({ kind: fc.constant("macd"), fast: period, longer: period, signal: period })
    .map(({ kind, fast, longer, signal }) => ({ kind, fast, slow: fast + longer, signal })),
) as fc.Arbitrary<IndicatorSpec>;

describe("every indicator", () => {
  it("streams what its formula gives afresh at every bar, is not ready before and never NaN after", () => {
    fc.assert(
      fc.property(specs, fc.integer(), fc.integer({ min: 1, max: 50 }), (spec, seed, count) => {
        const walk = randomWalk(seed, count);
        const indicator = makeIndicator(spec);
        walk.forEach(({ open, high, low, close, volume }, at) => {
          indicator.onBar(open, high, low, close, volume);
          const expected = batch(spec, walk.slice(0, at + 1));
          expect(indicator.ready).toBe(expected !== undefined);
          if (expected === undefined) return;
          const actual: Record<string, number> = {};
          indicator.read(actual, namesOf(indicator, "x"));
          expect(Object.keys(actual)).toEqual(Object.keys(expected));
          // A difference of two prices near 100 keeps the digits of those, not of itself.
          const scale = indicatorUnit[spec.kind] === "price" ? 1 : 1e-3;
          for (const [name, value] of Object.entries(expected)) expectNear(actual[name]!, value, `${spec.kind} ${name}`, scale);
        });
      }),
      { seed: 20261201, numRuns: 400 },
    );
  });
});
