import type { Forecast } from "../flow/calibration/forecast.ts";
import type { Proposal } from "../flow/proposals/proposal.ts";
import type { Turn } from "../runtime/turn.ts";
import { instantOfMs, msOf } from "../words/instant.ts";
import { intervalMs, type Interval } from "../words/interval.ts";

/** An entry with both levels on their sides is a forecast: target before stop, within the horizon. */
export function forecastOf(turn: Turn, proposal: Proposal, horizonBars: number, interval: Interval): Forecast | undefined {
  const { takeProfit, stopLoss, instrument } = proposal;
  const quote = turn.quote(instrument);
  if (takeProfit === undefined || stopLoss === undefined || quote === undefined) return undefined;
  const [low, high] = proposal.action === "buy" ? [stopLoss, takeProfit] : [takeProfit, stopLoss];
  if (low >= quote.last || high <= quote.last) return undefined;
  return {
    proposal: proposal.id,
    correlation: turn.correlation,
    by: proposal.by,
    instrument,
    direction: proposal.action === "buy" ? "up" : "down",
    confidence: proposal.confidence,
    entry: quote.last,
    takeProfit,
    stopLoss,
    madeAt: turn.now,
    horizonAt: instantOfMs(msOf(turn.now) + horizonBars * intervalMs[interval]),
  };
}
