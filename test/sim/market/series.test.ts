import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { AssetHistory } from "../../../src/flow/market/bars.ts";
import { demoMarket, demoMarketSpec } from "../../../src/sim/market/demo-market.ts";
import { fundingRateOf, Premium } from "../../../src/sim/market/funding.ts";
import { generateMarket } from "../../../src/sim/market/generate.ts";
import { OpenInterest } from "../../../src/sim/market/open-interest.ts";
import { Random } from "../../../src/sim/random.ts";
import { approximately } from "../../../src/words/exact.ts";
import { intervals } from "../../../src/words/interval.ts";
import { rate } from "../../../src/words/rate.ts";
import { correlationOf, meanOf } from "./statistics.ts";

const hourMs = 3_600_000;
const bounds = ({ bars }: AssetHistory, hours: number): [number, number] => [bars.openMs[0]!, bars.openMs[0]! + hours * hourMs];

describe("fundingRateOf", () => {
  it.each`
    premium    | hours | expected        | because
    ${0}       | ${8}  | ${"0.0001"}     | ${"without a premium longs pay the interest"}
    ${0.0006}  | ${8}  | ${"0.0001"}     | ${"a premium within 0.05% of the interest is damped away"}
    ${0.001}   | ${8}  | ${"0.0005"}     | ${"beyond that it counts, less the damping"}
    ${-0.001}  | ${8}  | ${"-0.0005"}    | ${"below the index shorts pay"}
    ${0.001}   | ${4}  | ${"0.00025"}    | ${"half the time pays half"}
    ${0.02}    | ${8}  | ${"0.0075"}     | ${"no venue takes more than 0.75%"}
    ${-0.02}   | ${8}  | ${"-0.0075"}    | ${"or gives more"}
    ${0.01111} | ${1}  | ${"0.00132625"} | ${"rates have eight decimals"}
  `("is $expected for $premium over $hours hours: $because", ({ premium, hours, expected }) => {
    expect(fundingRateOf(premium as number, hours as number)).toBe(rate(expected as string));
  });

  it("never leaves its clamp and never falls as the premium rises", () => {
    const premium = fc.double({ min: -1, max: 1, noNaN: true });
    fc.assert(
      fc.property(premium, premium, fc.constantFrom(1, 4, 8), (one, other, hours) => {
        const [low, high] = [fundingRateOf(Math.min(one, other), hours), fundingRateOf(Math.max(one, other), hours)];
        expect(low <= high && low >= rate("-0.0075") && high <= rate("0.0075")).toBe(true);
      }),
      { seed: 4 },
    );
  });
});

const settled = (hourReturn: number): bigint => {
  const premium = new Premium(new Random("premium"));
  for (let hour = 0; hour < 48; hour++) premium.endHour(hourReturn);
  return premium.settle(8);
};

describe("Premium", () => {
  it("makes longs pay in a rally and shorts pay in a fall", () => {
    expect(settled(0.005)).toBeGreaterThan(rate("0.001"));
    expect(settled(-0.005)).toBeLessThan(rate("-0.001"));
  });

  it("comes back to its mean when the trend ends", () => {
    const premium = new Premium(new Random("reverts"));
    for (let hour = 0; hour < 48; hour++) premium.endHour(0.01);
    const stretched = premium.value;
    for (let hour = 0; hour < 150; hour++) premium.endHour(0);
    expect(stretched).toBeGreaterThan(0.005);
    expect(Math.abs(premium.value)).toBeLessThan(0.002);
  });
});

describe("OpenInterest", () => {
  it("falls when a violent hour forces positions out, and recovers", () => {
    const interest = new OpenInterest(100_000, new Random("interest"));
    interest.endHour(-0.1);
    expect(interest.lots).toBeLessThan(80_000);
    for (let hour = 0; hour < 500; hour++) interest.endHour(0);
    expect(interest.lots).toBeGreaterThan(85_000);
  });

  it("is never wiped out", () => {
    const interest = new OpenInterest(100_000, new Random("interest"));
    for (let hour = 0; hour < 20; hour++) interest.endHour(-0.3);
    expect(interest.lots).toBeGreaterThanOrEqual(20_000);
  });
});

describe("a generated series", () => {
  it("has funding every eight hours and marks and open interest every hour, for bars of any length", () => {
    for (const interval of intervals) {
      const market = demoMarket("series", 14, interval);
      for (const asset of market) {
        const [start, end] = bounds(asset, 14 * 24);
        const every = (stepMs: number, from: number): number[] =>
          Array.from({ length: (end - from) / stepMs + 1 }, (_, i) => from + i * stepMs);
        expect([...asset.funding!.atMs], interval).toEqual(every(8 * hourMs, start + 8 * hourMs));
        expect([...asset.mark!.atMs], interval).toEqual(every(hourMs, start));
        expect([...asset.openInterest!.atMs], interval).toEqual(every(hourMs, start));
        for (const { atMs, value, length } of [asset.funding!, asset.mark!, asset.openInterest!])
          expect([atMs.length, value.length]).toEqual([length, length]);
      }
    }
  });

  it("keeps to the venue's funding hours when the market starts between them", () => {
    const spec = demoMarketSpec("late", 1, "5m");
    const [asset] = generateMarket({ ...spec, startMs: spec.startMs + 3 * hourMs + 300_000 });
    expect([...asset!.funding!.atMs].map((at) => (at / hourMs) % 24)).toEqual([8, 16, 0]);
    expect(asset!.mark!.atMs[0]).toBe(asset!.bars.openMs[0]);
  });

  const market = demoMarket("series", 120, "1h");
  it.each(market.map((asset) => [asset.instrument.symbol, asset] as const))(
    "of %s is plausible",
    (_, { instrument, bars, funding, mark, openInterest }) => {
      expect(funding!.value.every((paid) => paid >= rate("-0.0075") && paid <= rate("0.0075"))).toBe(true);
      expect(new Set(funding!.value).size, "funding varies").toBeGreaterThan(50);
      expect(funding!.value.some((paid) => paid < 0n) && funding!.value.some((paid) => paid > 0n)).toBe(true);
      for (let i = 0; i < bars.length; i++) {
        const ticks = approximately(mark!.value[i + 1]!) / approximately(instrument.tick);
        expect(Math.abs(ticks / bars.close[i]! - 1), "the mark stays close to the price").toBeLessThan(0.0101);
      }
      expect(mark!.value.every((value) => value > 0n && value % instrument.tick === 0n)).toBe(true);
      expect(openInterest!.value.every((value) => value > 0n && value % instrument.lot === 0n)).toBe(true);
    },
  );

  it("has funding that follows the trend", () => {
    const { bars, funding } = market[1]!;
    const trends = Array.from(funding!.atMs, (_, i) => bars.close[8 * i + 7]! / bars.close[Math.max(0, 8 * i - 17)]! - 1);
    expect(correlationOf(trends, funding!.value.map(approximately))).toBeGreaterThan(0.5);
    expect(Math.abs(meanOf(funding!.value.map(approximately)))).toBeLessThan(0.001);
  });
});
