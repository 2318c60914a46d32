import { msOf } from "../../words/instant.ts";
import type { Forecast, Outcome } from "./forecast.ts";

/** A forecast's levels in ticks, as the bars count. */
export type ForecastLevels = { readonly takeProfit: number; readonly stopLoss: number };

/**
 * An open forecast and a completed bar come in; its outcome goes out once the bar settles it. When a bar holds both levels the stop counts:
 * nobody knows which came first. At the horizon it is the level that the close is nearer to, the stop in the middle: expectations take an
 * outcome for the whole reward or the whole risk, and a price w of the way from stop to target is worth just w of the one and 1 - w of the other.
 */
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
  const middle = levels.takeProfit + levels.stopLoss;
  return { proposal, cameTrue: up ? 2 * close > middle : 2 * close < middle, by: "horizon", resolvedAt: closedAt };
}
