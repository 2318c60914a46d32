import { checkInstrument, type Perpetual } from "../../words/instrument.ts";
import { barOpen, type Interval } from "../../words/interval.ts";
import { invariant } from "../../words/invariant.ts";
import type { Price } from "../../words/price.ts";
import type { Quantity } from "../../words/quantity.ts";

export type AssetSpec = {
  readonly instrument: Perpetual;
  readonly startPrice: Price;
  /** Standard deviation of a year's returns before drift and jumps: 0.6 is 60%. */
  readonly annualVolatility: number;
  /** How much the asset moves when the common factor moves by one. Two assets correlate by betas * factor variance / volatilities. */
  readonly beta: number;
  readonly jumpsPerYear: number;
  /** Traded in a mean day. */
  readonly dailyVolume: Quantity;
  /** Around which open interest wanders. */
  readonly openInterest: Quantity;
};

/** The common factor that all assets follow by their beta. */
export type FactorSpec = { readonly annualVolatility: number; readonly jumpsPerYear: number };

export type MarketSpec = {
  readonly seed: string | number;
  /** The first bar's open, on the interval's grid. */
  readonly startMs: number;
  readonly bars: number;
  readonly interval: Interval;
  readonly factor: FactorSpec;
  readonly assets: readonly AssetSpec[];
  /** Probability that a bar is absent, for exercising gaps; the price path goes on underneath. */
  readonly missing?: number;
};

/** Volatility of an asset that the factor does not explain, a year; NaN when the factor alone is louder than the asset. */
export const ownVolatilityOf = ({ annualVolatility, beta }: AssetSpec, factor: FactorSpec): number =>
  Math.sqrt(annualVolatility * annualVolatility - beta * beta * factor.annualVolatility * factor.annualVolatility);

const isRate = (value: number): boolean => Number.isFinite(value) && value >= 0;

/** A specification is ours, never a venue's, so one that breaks a rule throws and says which. */
export function checkMarketSpec({ startMs, bars, interval, factor, assets, missing = 0 }: MarketSpec): void {
  invariant(
    Number.isSafeInteger(startMs) && barOpen(startMs, interval) === startMs,
    `a market starts on the ${interval} grid, not at ${startMs}`,
  );
  invariant(Number.isSafeInteger(bars) && bars > 0, `a market has at least one bar, not ${bars}`);
  invariant(missing >= 0 && missing < 1, `the probability of a missing bar is from 0 to below 1, not ${missing}`);
  invariant(isRate(factor.annualVolatility) && isRate(factor.jumpsPerYear), "the factor's volatility and jumps are not negative");
  invariant(new Set(assets.map(({ instrument }) => instrument.id)).size === assets.length, "no instrument is in a market twice");
  for (const asset of assets) {
    const { instrument, startPrice, annualVolatility, jumpsPerYear, dailyVolume, openInterest } = asset;
    const checked = checkInstrument(instrument);
    invariant(checked.ok, `${instrument.id} is a sound instrument: ${checked.ok ? "" : checked.error.rule}`);
    invariant(startPrice > 0n && startPrice % instrument.tick === 0n, `${instrument.id} starts at a whole number of ticks above zero`);
    invariant(annualVolatility > 0 && annualVolatility <= 5, `${instrument.id} has an annual volatility above 0 and up to 5`);
    invariant(ownVolatilityOf(asset, factor) >= 0, `${instrument.id} is at least as volatile as its beta times the factor`);
    invariant(isRate(jumpsPerYear), `${instrument.id} has no negative number of jumps`);
    for (const amount of [dailyVolume, openInterest])
      invariant(amount > 0n && amount % instrument.lot === 0n, `${instrument.id} trades and holds whole lots above zero`);
  }
}
