import { describe, expect, it } from "vitest";
import { demoMarketSpec } from "../../../src/sim/market/demo-market.ts";
import { generateMarket } from "../../../src/sim/market/generate.ts";
import type { AssetSpec } from "../../../src/sim/market/market-spec.ts";
import { instrumentId } from "../../../src/words/ids.ts";
import { price } from "../../../src/words/price.ts";
import { lotsOfQuantity } from "../../../src/words/quantity.ts";
import { autocorrelationOf, correlationOf, deviationOf, excessKurtosisOf, meanOf, returnsOf } from "./statistics.ts";

const minutes = generateMarket(demoMarketSpec("minutes", 20, "1m"));
const hours = generateMarket(demoMarketSpec("hours", 720, "1h"));

describe("correlation", () => {
  const template = demoMarketSpec("any").assets[0]!;
  const anAsset = (name: string, annualVolatility: number, beta: number): AssetSpec => ({
    ...template,
    instrument: { ...template.instrument, id: instrumentId(`SYN-${name}.PERP`) },
    startPrice: price("60000"),
    annualVolatility,
    beta,
    jumpsPerYear: 0,
  });
  const assets = [anAsset("A", 0.6, 1), anAsset("B", 0.8, 1.2), anAsset("C", 0.5, 0), anAsset("D", 0.7, -0.9)];
  const factor = { annualVolatility: 0.5, jumpsPerYear: 0 };
  const market = generateMarket({ ...demoMarketSpec("correlation", 720, "1h"), assets, factor });
  const returns = market.map(({ bars }) => returnsOf(bars));
  const pairs = assets.flatMap((left, i) => assets.slice(i + 1).map((right, j) => ({ left, right, i, j: i + 1 + j })));

  it.each(pairs)("is what betas and volatilities ask for: pair $i $j", ({ left, right, i, j }) => {
    const asked = (left.beta * right.beta * factor.annualVolatility ** 2) / (left.annualVolatility * right.annualVolatility);
    expect(Math.abs(correlationOf(returns[i]!, returns[j]!) - asked)).toBeLessThan(0.05);
  });

  it.each(assets.map((asset, i) => ({ asset, i })))("leaves asset $i near its annual volatility", ({ asset, i }) => {
    expect(deviationOf(returns[i]!) * Math.sqrt(365.25 * 24)).toBeGreaterThan(asset.annualVolatility * 0.9);
    expect(deviationOf(returns[i]!) * Math.sqrt(365.25 * 24)).toBeLessThan(asset.annualVolatility * 1.1);
  });
});

describe.each([
  ["a minute", minutes],
  ["an hour", hours],
])("returns of %s", (_, market) => {
  it.each(market.map((asset) => [asset.instrument.symbol, asset] as const))(
    "of %s cluster in size, not in direction, with fat tails",
    (_symbol, { bars }) => {
      const returns = returnsOf(bars);
      const sizes = returns.map(Math.abs);
      expect(autocorrelationOf(sizes, 1)).toBeGreaterThan(0.05);
      expect(autocorrelationOf(sizes, 10), "a loud spell outlasts a bar").toBeGreaterThan(0.05);
      expect(Math.abs(autocorrelationOf(returns, 1))).toBeLessThan(0.04);
      expect(excessKurtosisOf(returns)).toBeGreaterThan(0.5);
    },
  );

  it.each(market.map((asset) => [asset.instrument.symbol, asset] as const))("of %s move volume", (_symbol, { bars }) => {
    expect(correlationOf(returnsOf(bars).map(Math.abs), Array.from(bars.volume).slice(1))).toBeGreaterThan(0.3);
  });
});

describe("the market's days", () => {
  const [leader] = hours;
  const days = Array.from(
    { length: leader!.bars.length / 24 - 1 },
    (_, i) => leader!.bars.close[24 * (i + 1)]! / leader!.bars.close[24 * i]! - 1,
  );

  it("hold crashes, rallies and quiet ones in a long sample", () => {
    expect(Math.min(...days)).toBeLessThan(-0.1);
    expect(Math.max(...days)).toBeGreaterThan(0.06);
    expect(days.filter((day) => Math.abs(day) < 0.01).length).toBeGreaterThan(days.length / 10);
  });

  it("are busiest where Europe and New York overlap, and quietest late at night", () => {
    const { bars } = minutes[0]!;
    const hourly = Array.from({ length: 24 }, (_, hour) => meanOf([...bars.volume].filter((__, i) => Math.floor(i / 60) % 24 === hour)));
    expect(meanOf(hourly.slice(14, 16))).toBeGreaterThan(1.4 * meanOf(hourly.slice(22, 24)));
  });

  it("trade the volume asked for", () => {
    const specs = demoMarketSpec("minutes").assets;
    minutes.forEach(({ bars, instrument }, i) => {
      const traded = meanOf([...bars.volume]) * 1440;
      const asked = lotsOfQuantity(specs[i]!.dailyVolume, instrument.lot);
      expect(Math.abs(traded / asked - 1)).toBeLessThan(0.2);
    });
  });
});
