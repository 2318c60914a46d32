import type { AssetHistory } from "../../flow/market/bars.ts";
import { instrumentId } from "../../words/ids.ts";
import { msOf } from "../../words/instant.ts";
import type { Perpetual } from "../../words/instrument.ts";
import { intervalMs, type Interval } from "../../words/interval.ts";
import { money } from "../../words/money.ts";
import { price } from "../../words/price.ts";
import { quantity } from "../../words/quantity.ts";
import { rate } from "../../words/rate.ts";
import { generateMarket } from "./generate.ts";
import type { AssetSpec, MarketSpec } from "./market-spec.ts";
import { dayMs } from "./step-grid.ts";

/** The venue and every name say that the prices are made up: they must never be taken for quotes. */
const synthetic = (coin: string, tick: string, lot: string, quantityMax: string): Perpetual => ({
  kind: "perpetual",
  id: instrumentId(`SYN-${coin}.PERP`),
  symbol: `SYN-${coin}`,
  base: `SYN-${coin}`,
  venue: "synthetic",
  currency: "USDT",
  tick: price(tick),
  lot: quantity(lot),
  multiplier: quantity("1"),
  minQuantity: quantity(lot),
  maxQuantity: quantity(quantityMax),
  minNotional: money("5"),
  priceMayBeNegative: false,
  calendar: "always",
  leverageMax: 50,
  maintenanceMarginRate: rate("0.005"),
  liquidationFeeRate: rate("0.0125"),
  fundingIntervalHours: 8,
});

/** Ticks, lots and sizes of the order that large venues use for coins like these. */
const assets: readonly AssetSpec[] = [
  {
    instrument: synthetic("BTC", "0.1", "0.001", "1000"),
    startPrice: price("60000"),
    annualVolatility: 0.58,
    beta: 0.95,
    jumpsPerYear: 24,
    dailyVolume: quantity("150000"),
    openInterest: quantity("80000"),
  },
  {
    instrument: synthetic("ETH", "0.01", "0.001", "10000"),
    startPrice: price("3000"),
    annualVolatility: 0.75,
    beta: 1.15,
    jumpsPerYear: 30,
    dailyVolume: quantity("3000000"),
    openInterest: quantity("1500000"),
  },
  {
    instrument: synthetic("SOL", "0.01", "0.1", "100000"),
    startPrice: price("150"),
    annualVolatility: 0.95,
    beta: 1.3,
    jumpsPerYear: 48,
    dailyVolume: quantity("20000000"),
    openInterest: quantity("9000000"),
  },
  {
    instrument: synthetic("ADA", "0.0001", "1", "5000000"),
    startPrice: price("0.5"),
    annualVolatility: 0.9,
    beta: 1.1,
    jumpsPerYear: 48,
    dailyVolume: quantity("600000000"),
    openInterest: quantity("250000000"),
  },
  {
    instrument: synthetic("DOGE", "0.00001", "1", "20000000"),
    startPrice: price("0.15"),
    annualVolatility: 1.05,
    beta: 1.2,
    jumpsPerYear: 90,
    dailyVolume: quantity("5000000000"),
    openInterest: quantity("2000000000"),
  },
];

/** A Monday at midnight UTC, so that every interval's grid starts there. */
const demoStart = Temporal.Instant.from("2026-01-05T00:00:00Z");

/** The demo's market as a specification, to be changed (gaps, fewer assets) before it is generated. */
export const demoMarketSpec = (seed: string | number, days = 30, interval: Interval = "1m"): MarketSpec => ({
  seed,
  startMs: msOf(demoStart),
  bars: Math.floor((days * dayMs) / intervalMs[interval]),
  interval,
  factor: { annualVolatility: 0.55, jumpsPerYear: 12 },
  assets,
});

/** Five made-up perpetuals over `days` days, a month of minutes unless told otherwise. */
export const demoMarket = (seed: string | number, days?: number, interval?: Interval): readonly AssetHistory[] =>
  generateMarket(demoMarketSpec(seed, days, interval));
