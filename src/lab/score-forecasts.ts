import type { Forecast, Outcome } from "../flow/calibration/forecast.ts";
import { resolveForecast } from "../flow/calibration/resolve-forecast.ts";
import type { Watched } from "../flow/market/watched.ts";
import type { AccountState } from "../journal/account-state.ts";
import { record, type Line } from "../runtime/line.ts";
import { ticksOfPrice } from "../words/price.ts";
import type { Bars } from "../flow/market/bars.ts";

/** Holds open forecasts against the bar that just closed. */
export function* scoreForecasts(state: AccountState, bars: Bars, bar: number, watched: Watched, now: Temporal.Instant): Line {
  const { tick } = watched.instrument;
  for (const forecast of state.openForecasts) {
    if (forecast.instrument !== watched.instrument.id) continue;
    const levels = {
      entry: ticksOfPrice(forecast.entry, tick),
      takeProfit: ticksOfPrice(forecast.takeProfit, tick),
      stopLoss: ticksOfPrice(forecast.stopLoss, tick),
    };
    const outcome = resolveForecast(forecast, levels, bars.high[bar] ?? 0, bars.low[bar] ?? 0, bars.close[bar] ?? 0, now);
    if (outcome !== undefined) yield* resolved(forecast, outcome);
  }
}

function* resolved(forecast: Forecast, outcome: Outcome): Line {
  yield* record({ kind: "forecast_resolved", outcome }, forecast.correlation);
}
