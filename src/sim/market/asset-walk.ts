import type { AssetHistory } from "../../flow/market/bars.ts";
import { invariant } from "../../words/invariant.ts";
import { priceOfTicks, ticksOfPrice } from "../../words/price.ts";
import { lotsOfQuantity, quantityOfLots } from "../../words/quantity.ts";
import type { Random } from "../random.ts";
import { BarColumns, SeriesColumns } from "./columns.ts";
import type { CommonFactor } from "./common-factor.ts";
import { Premium } from "./funding.ts";
import { Jumps } from "./jumps.ts";
import { ownVolatilityOf, type AssetSpec, type MarketSpec } from "./market-spec.ts";
import { OpenInterest } from "./open-interest.ts";
import { dayMs, dayVolatilityOf, hourMs, type StepGrid } from "./step-grid.ts";
import { Garch } from "./volatility.ts";
import { volumeOf } from "./volume.ts";

/** A bar opens this part of a step's standard deviation away from the last close. */
const gapScale = 0.2;

/** One asset's price path in small steps, gathered into bars, marks, funding and open interest. */
export class AssetWalk {
  readonly #spec: AssetSpec;
  readonly #market: MarketSpec;
  readonly #grid: StepGrid;
  readonly #noise: Random;
  readonly #gaps: Random;
  readonly #trading: Random;
  readonly #missing: Random;
  readonly #garch = new Garch();
  readonly #jumps: Jumps;
  readonly #premium: Premium;
  readonly #openInterest: OpenInterest;
  readonly #ownStepVolatility: number;
  readonly #dayVolatility: number;
  readonly #lotsPerBar: number;
  readonly #columns: BarColumns;
  readonly #funding = new SeriesColumns();
  readonly #mark = new SeriesColumns();
  readonly #interest = new SeriesColumns();
  /** The price in ticks, not yet rounded. */
  #level: number;
  #levelHourAgo: number;

  /** Each source of chance is a fork of its own, so that tuning one leaves the others as they were. */
  constructor(spec: AssetSpec, market: MarketSpec, grid: StepGrid, random: Random) {
    const { instrument, startPrice, annualVolatility, jumpsPerYear, dailyVolume, openInterest } = spec;
    this.#spec = spec;
    this.#market = market;
    this.#grid = grid;
    this.#noise = random.fork("noise");
    this.#gaps = random.fork("gaps");
    this.#trading = random.fork("volume");
    this.#missing = random.fork("missing");
    this.#dayVolatility = dayVolatilityOf(annualVolatility);
    this.#ownStepVolatility = dayVolatilityOf(ownVolatilityOf(spec, market.factor)) * Math.sqrt(grid.stepDays);
    this.#jumps = new Jumps(random.fork("jumps"), jumpsPerYear / grid.stepsPerYear, this.#dayVolatility);
    this.#premium = new Premium(random.fork("premium"));
    this.#openInterest = new OpenInterest(lotsOfQuantity(openInterest, instrument.lot), random.fork("open interest"));
    this.#lotsPerBar = (lotsOfQuantity(dailyVolume, instrument.lot) * grid.barMs) / dayMs;
    this.#columns = new BarColumns(market.bars);
    this.#level = ticksOfPrice(startPrice, instrument.tick);
    this.#levelHourAgo = this.#level;
    this.#observe(market.startMs);
  }

  /** Walks through the bar that opens here, for which the factor has just been filled. */
  nextBar(openMs: number, factor: CommonFactor): void {
    const { perBar, stepMs } = this.#grid;
    const { returns, turbulence } = factor;
    const before = this.#level;
    if (openMs > this.#market.startMs) this.#move(this.#gaps.normal() * gapScale * this.#dayVolatility * Math.sqrt(this.#grid.stepDays));
    const open = Math.round(this.#level);
    let [high, low, close, shocks] = [open, open, open, 0];
    const volatility = this.#garch.volatility * this.#ownStepVolatility;
    for (let step = 0; step < perBar; step++) {
      const shock = this.#noise.normal();
      shocks += shock;
      const own = volatility * (turbulence[step] ?? 1) * shock + this.#jumps.endStep();
      close = this.#move(this.#spec.beta * (returns[step] ?? 0) + own);
      if (close > high) high = close;
      if (close < low) low = close;
      const endMs = openMs + (step + 1) * stepMs;
      if (endMs % hourMs === 0) this.#endHour(endMs);
    }
    this.#garch.endBar(shocks / Math.sqrt(perBar));
    const usual = this.#dayVolatility * Math.sqrt((this.#grid.barMs / dayMs) * factor.loudness);
    const moved = Math.abs(this.#level / before - 1) / usual;
    const volume = volumeOf(this.#lotsPerBar * factor.loudness, moved, this.#trading);
    if (!this.#missing.chance(this.#market.missing ?? 0)) this.#columns.add({ openMs, open, high, low, close, volume });
  }

  history(): AssetHistory {
    const { instrument } = this.#spec;
    return {
      instrument,
      bars: this.#columns.bars(instrument, this.#market.interval),
      funding: this.#funding.series(instrument),
      mark: this.#mark.series(instrument),
      openInterest: this.#interest.series(instrument),
    };
  }

  /** Returns the new price in whole ticks; it never falls below one. */
  #move(moved: number): number {
    this.#level = Math.max(1, this.#level * (1 + moved));
    return Math.round(this.#level);
  }

  #endHour(endMs: number): void {
    const hourReturn = this.#level / this.#levelHourAgo - 1;
    this.#levelHourAgo = this.#level;
    this.#premium.endHour(hourReturn);
    this.#openInterest.endHour(hourReturn);
    this.#observe(endMs);
    const { fundingIntervalHours } = this.#spec.instrument;
    if (endMs % (fundingIntervalHours * hourMs) === 0) this.#funding.add(endMs, this.#premium.settle(fundingIntervalHours));
  }

  /** A mark lies between the index and the traded price, so it leans half the premium away from the trade. */
  #observe(atMs: number): void {
    const { tick, lot } = this.#spec.instrument;
    const markTicks = Math.max(1, Math.round(this.#level * (1 - this.#premium.value / 2)));
    invariant(Number.isSafeInteger(markTicks), "a mark stays below 2^53 ticks");
    this.#mark.add(atMs, priceOfTicks(markTicks, tick));
    this.#interest.add(atMs, quantityOfLots(this.#openInterest.lots, lot));
  }
}
