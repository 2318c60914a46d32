import type { AssetHistory } from "../../flow/market/bars.ts";
import { demoMarketSpec } from "../../sim/market/demo-market.ts";
import { generateMarket } from "../../sim/market/generate.ts";
import type { Random } from "../../sim/random.ts";
import type { StormMarket } from "./shape.ts";
import { calmBars, minuteMs, stormBars } from "./weather.ts";

/** Half past nine in the evening, so that a storm passes a midnight and its funding. */
const startMs = Temporal.Instant.from("2026-01-05T21:30:00Z").epochMilliseconds;

/** A few made-up perpetuals in minutes, as wild as markets get: five times the usual volatility, a jump every hour, gaps. */
export function stormMarket(random: Random, bars: number): readonly AssetHistory[] {
  const spec = demoMarketSpec(random.fork("market").uint32());
  const wild = random.pick([1, 2, 4]);
  const assets = random.shuffle(spec.assets).slice(0, random.int(1, 3));
  return generateMarket({
    ...spec,
    startMs,
    bars,
    missing: random.pick([0, 0, 0.02]),
    factor: { annualVolatility: spec.factor.annualVolatility * wild, jumpsPerYear: 4_000 },
    assets: assets.map((asset) => ({ ...asset, annualVolatility: asset.annualVolatility * wild, jumpsPerYear: 8_000 })),
  });
}

export const perpetualsInStorm = (random: Random): StormMarket => ({
  histories: stormMarket(random, stormBars + calmBars),
  interval: "1m",
  calmFromMs: startMs + stormBars * minuteMs,
});
