import { msOf } from "../../words/instant.ts";
import type { Forecast, Outcome } from "./forecast.ts";

/** A forecast's levels in ticks, as the bars count. */
export type ForecastLevels = { readonly entry: number; readonly takeProfit: number; readonly stopLoss: number };

/** An open forecast and a completed bar come in; its outcome goes out once the bar settles it. When a bar holds both levels the stop counts: nobody knows which came first. */
export function resolveForecast(
  forecast: Forecast,
  levels: ForecastLevels,
  high: number,
  low: number,
  close: number,
  closedAt: Temporal.Instant,
): Outcome | undefined {
  const up = forecast.direction === "up";
  const stopped = up ? low <= levels.stopLoss : high >= levels.stopLoss;
  const met = up ? high >= levels.takeProfit : low <= levels.takeProfit;
  const { proposal } = forecast;
  if (stopped) return { proposal, cameTrue: false, by: "stop", resolvedAt: closedAt };
  if (met) return { proposal, cameTrue: true, by: "target", resolvedAt: closedAt };
  if (msOf(closedAt) < msOf(forecast.horizonAt)) return undefined;
  return { proposal, cameTrue: up ? close > levels.entry : close < levels.entry, by: "horizon", resolvedAt: closedAt };
}
