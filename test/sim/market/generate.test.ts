import { createHash } from "node:crypto";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { AssetHistory } from "../../../src/flow/market/bars.ts";
import { demoMarketSpec } from "../../../src/sim/market/demo-market.ts";
import { generateMarket } from "../../../src/sim/market/generate.ts";
import type { AssetSpec, MarketSpec } from "../../../src/sim/market/market-spec.ts";
import { checkInstrument } from "../../../src/words/instrument.ts";
import { intervalMs, intervals } from "../../../src/words/interval.ts";
import { price } from "../../../src/words/price.ts";
import { quantity } from "../../../src/words/quantity.ts";

const columns = ["openMs", "open", "high", "low", "close", "volume"] as const;

function digestOf(market: readonly AssetHistory[]): string {
  const hash = createHash("sha256");
  for (const { bars, funding, mark, openInterest } of market) {
    for (const name of columns) hash.update(bars[name].join());
    for (const series of [funding!, mark!, openInterest!]) hash.update(series.atMs.join()).update(series.value.join());
  }
  return hash.digest("hex");
}

const aSpec = (changed: Partial<MarketSpec> = {}): MarketSpec => ({ ...demoMarketSpec("test", 2, "5m"), ...changed });
const withAsset = (changed: Partial<AssetSpec>): MarketSpec => ({ ...aSpec(), assets: [{ ...aSpec().assets[0]!, ...changed }] });

describe("generateMarket", () => {
  it("gives the same bytes for the same seed, on every machine", () => {
    expect(digestOf(generateMarket(aSpec()))).toBe("47507ae40e9fe0376ee3d84676b2a8494507c4373f1a1c4f5b6931e586c836c6");
  });

  it("gives another market for another seed", () => {
    expect(digestOf(generateMarket(aSpec({ seed: "other" })))).not.toBe(digestOf(generateMarket(aSpec())));
  });

  it("does not let one asset's path depend on which others are asked for", () => {
    const whole = generateMarket(aSpec());
    const { assets } = aSpec();
    const part = generateMarket(aSpec({ assets: [assets[3]!, assets[1]!] }));
    expect(digestOf(part)).toBe(digestOf([whole[3]!, whole[1]!]));
  });

  it("continues a shorter market when it is asked for more bars", () => {
    const [short, long] = [generateMarket(aSpec({ bars: 100 })), generateMarket(aSpec({ bars: 150 }))];
    short.forEach(({ bars }, i) => {
      for (const name of columns) expect(long[i]!.bars[name].slice(0, 100)).toEqual(bars[name]);
    });
  });
});

describe("every bar", () => {
  it("is on the grid, with its low and high around its open and close, in whole ticks and lots above zero", () => {
    fc.assert(
      fc.property(fc.integer(), fc.constantFrom(...intervals), fc.constantFrom(0, 0.2), (seed, interval, missing) => {
        const spec = aSpec({ seed, interval, bars: 40, missing });
        for (const { bars } of generateMarket(spec))
          for (let i = 0; i < bars.length; i++) {
            const [openMs, open, high, low, close, volume] = columns.map((name) => bars[name][i]!) as [
              number,
              number,
              number,
              number,
              number,
              number,
            ];
            expect((openMs - spec.startMs) % intervalMs[interval]).toBe(0);
            expect(openMs).toBeGreaterThan(i === 0 ? spec.startMs - 1 : bars.openMs[i - 1]!);
            expect([open, high, low, close, volume].every((value) => Number.isSafeInteger(value) && value >= 1)).toBe(true);
            expect(low <= Math.min(open, close) && high >= Math.max(open, close)).toBe(true);
          }
      }),
      { seed: 3, numRuns: 40 },
    );
  });

  it("opens near the last close, and the first at the price asked for", () => {
    for (const { bars, instrument } of generateMarket(aSpec())) {
      const spec = aSpec().assets.find((asset) => asset.instrument.id === instrument.id)!;
      expect(BigInt(bars.open[0]!) * instrument.tick).toBe(spec.startPrice);
      const gaps = Array.from({ length: bars.length - 1 }, (_, i) => Math.abs(bars.open[i + 1]! / bars.close[i]! - 1));
      expect(Math.max(...gaps)).toBeLessThan(0.003);
      expect(Math.max(...gaps)).toBeGreaterThan(0);
    }
  });

  it("stays at one tick or above when the price has nowhere left to fall", () => {
    const [asset] = generateMarket({ ...withAsset({ startPrice: price("0.2"), annualVolatility: 5 }), interval: "1h", bars: 9000 });
    expect(Math.min(...asset!.bars.low)).toBe(1);
  });
});

describe("gaps", () => {
  const whole = generateMarket(aSpec());
  const gapped = generateMarket(aSpec({ missing: 0.1 }));

  it("leave out about the share of bars asked for", () => {
    const kept = gapped.reduce((sum, { bars }) => sum + bars.length, 0) / whole.reduce((sum, { bars }) => sum + bars.length, 0);
    expect(kept).toBeCloseTo(0.9, 1);
    expect(kept).toBeLessThan(1);
  });

  it("leave the bars that are there, and all series, as they would have been", () => {
    gapped.forEach(({ bars, funding, mark, openInterest }, asset) => {
      const full = whole[asset]!;
      const at = new Map(Array.from(full.bars.openMs, (openMs, i) => [openMs, i]));
      for (let i = 0; i < bars.length; i++) {
        const same = at.get(bars.openMs[i]!)!;
        for (const name of columns) expect(bars[name][i]).toBe(full.bars[name][same]);
      }
      for (const name of columns) expect(bars[name]).toHaveLength(bars.length);
      expect({ funding, mark, openInterest }).toEqual({ funding: full.funding, mark: full.mark, openInterest: full.openInterest });
    });
  });
});

describe("a specification", () => {
  const [first] = aSpec().assets;
  it.each([
    ["off the grid", aSpec({ startMs: aSpec().startMs + 1 }), "starts on the 5m grid"],
    ["without bars", aSpec({ bars: 0 }), "at least one bar"],
    ["where every bar is missing", aSpec({ missing: 1 }), "from 0 to below 1"],
    ["with one instrument twice", aSpec({ assets: [first!, first!] }), "no instrument is in a market twice"],
    ["with a price off the tick", withAsset({ startPrice: price("60000.05") }), "SYN-BTC.PERP starts at a whole number of ticks"],
    ["with a beta that its volatility cannot hold", withAsset({ beta: 1.2 }), "SYN-BTC.PERP is at least as volatile as its beta"],
    ["without volatility", withAsset({ annualVolatility: 0, beta: 0 }), "annual volatility above 0"],
    ["with volume below a lot", withAsset({ dailyVolume: quantity("0.0001") }), "whole lots above zero"],
    [
      "with an unsound instrument",
      withAsset({ instrument: { ...first!.instrument, leverageMax: 0 } }),
      "the largest leverage is at least 1",
    ],
    ["with a negative number of jumps", withAsset({ jumpsPerYear: -1 }), "no negative number of jumps"],
    ["with an endless factor", aSpec({ factor: { annualVolatility: Infinity, jumpsPerYear: 0 } }), "the factor's volatility"],
  ])("%s is refused by name", (_, spec, rule) => {
    expect(() => generateMarket(spec)).toThrow(rule);
  });
});

describe("the demo's market", () => {
  it("says in every name that it is synthetic, in sound instruments", () => {
    const { assets } = demoMarketSpec("demo");
    expect(assets).toHaveLength(5);
    for (const { instrument } of assets) {
      expect(checkInstrument(instrument).ok).toBe(true);
      expect(instrument.venue).toBe("synthetic");
      for (const name of [instrument.id, instrument.symbol, instrument.base]) expect(name).toMatch(/^SYN-/);
    }
  });

  it("covers the days asked for in the interval asked for", () => {
    expect(demoMarketSpec("demo")).toMatchObject({ bars: 43_200, interval: "1m" });
    expect(demoMarketSpec("demo", 7, "1h").bars).toBe(168);
    expect(() => generateMarket(demoMarketSpec("demo", 0))).toThrow("at least one bar");
  });
});
