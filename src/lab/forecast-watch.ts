import type { Forecast } from "../flow/calibration/forecast.ts";
import { resolveForecast } from "../flow/calibration/resolve-forecast.ts";
import type { Bars } from "../flow/market/bars.ts";
import type { AccountState } from "../journal/account-state.ts";
import { record, type Line } from "../runtime/line.ts";
import type { ManualClock } from "../sim/manual-clock.ts";
import type { Tape } from "./tape.ts";
import { approximately } from "../words/exact.ts";

/** One open forecast as the bars count: the levels at which a bar settles it, in ticks. */
type Watch = {
  readonly forecast: Forecast;
  readonly asset: number;
  readonly low: number;
  readonly high: number;
  readonly horizonMs: number;
};

/** Open forecasts held against each bar; between settlements it compares doubles and allocates nothing. */
export class ForecastWatch {
  readonly #state: AccountState;
  readonly #assets: readonly Bars[];
  #watches: readonly Watch[] = [];
  #version = -1;

  constructor(state: AccountState, assets: readonly Bars[]) {
    this.#state = state;
    this.#assets = assets;
  }

  /** True when a bar of this step settles a forecast. */
  due({ active, activeCount, bar }: Tape, closedMs: number): boolean {
    for (let n = 0; n < activeCount; n++) {
      const asset = active[n] ?? 0;
      if (this.#settles(asset, bar[asset] ?? 0, closedMs)) return true;
    }
    return false;
  }

  *settleDue({ active, activeCount, bar }: Tape, clock: ManualClock): Line {
    for (let n = 0; n < activeCount; n++) {
      const asset = active[n] ?? 0;
      const at = bar[asset] ?? 0;
      if (this.#settles(asset, at, clock.ms)) yield* this.#settle(asset, at, clock.now());
    }
  }

  #settles(asset: number, bar: number, closedMs: number): boolean {
    if (this.#version !== this.#state.forecasts.version) this.#refresh();
    for (const watch of this.#watches) if (watch.asset === asset && this.#met(watch, bar, closedMs)) return true;
    return false;
  }

  *#settle(asset: number, bar: number, closedAt: Temporal.Instant): Line {
    const bars = this.#assets[asset];
    if (bars === undefined) return;
    for (const { forecast, low, high, asset: of } of this.#watches) {
      if (of !== asset) continue;
      const up = forecast.direction === "up";
      const levels = { takeProfit: up ? high : low, stopLoss: up ? low : high };
      const outcome = resolveForecast(forecast, levels, bars.high[bar] ?? 0, bars.low[bar] ?? 0, bars.close[bar] ?? 0, closedAt);
      if (outcome !== undefined) yield record({ kind: "forecast_resolved", outcome }, forecast.correlation);
    }
  }

  #met({ asset, low, high, horizonMs }: Watch, bar: number, closedMs: number): boolean {
    const bars = this.#assets[asset];
    return bars !== undefined && ((bars.low[bar] ?? 0) <= low || (bars.high[bar] ?? 0) >= high || closedMs >= horizonMs);
  }

  #refresh(): void {
    this.#version = this.#state.forecasts.version;
    this.#watches = this.#state.forecasts.open.map((forecast) => {
      const asset = this.#assets.findIndex(({ instrument }) => instrument.id === forecast.instrument);
      const tick = approximately(this.#assets[asset]?.instrument.tick ?? 1n);
      // Levels lie on ticks, so rounding only takes off the dust of the division.
      const ticks = (price: bigint): number => Math.round(approximately(price) / tick);
      const up = forecast.direction === "up";
      return {
        forecast,
        asset,
        low: ticks(up ? forecast.stopLoss : forecast.takeProfit),
        high: ticks(up ? forecast.takeProfit : forecast.stopLoss),
        horizonMs: forecast.horizonAt.epochMilliseconds,
      };
    });
  }
}
