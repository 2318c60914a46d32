import { calibrated } from "../flow/calibration/calibrator.ts";
import { evenStakes } from "../flow/calibration/even-stakes.ts";
import type { Belief } from "../flow/proposals/belief.ts";
import { localSignals } from "../flow/proposals/crypto-rules.ts";
import type { Proposal } from "../flow/proposals/proposal.ts";
import { record, type Line } from "../runtime/line.ts";
import type { Turn } from "../runtime/turn.ts";
import { approximately } from "../words/exact.ts";
import type { CryptoSettings } from "./crypto-settings.ts";
import { forecastOf } from "./forecast-of.ts";
import { recalibrate } from "./recalibrate.ts";

/** What all triggers said, where one of them has too few outcomes of its own. No vendor's model is named so: their names have a slash. */
const together = "rules";

/** Learns from what has come true since: each trigger for itself, the rules together while one of them cannot, and the AI trader. */
export function* learn(turn: Turn, { trader, calibration }: CryptoSettings): Line {
  const { forecasts, measured } = turn.state;
  for (const name of [...localSignals, trader.model]) yield* recalibrate(turn, name, forecasts.scoredBy(name), calibration);
  if (localSignals.some((signal) => measured.calibratorOf(signal) === undefined))
    yield* recalibrate(turn, together, forecasts.scoredOf("rules"), calibration);
}

/**
 * What a word is worth by what such words were worth so far, at even stakes; without a calibrator as much as it says. Stakes count up to
 * the rules' own: whoever names a target far enough away would be believed without ever being near it.
 */
export function believe({ state }: Turn, { rules }: CryptoSettings, by: Proposal["by"], said: number, rewardToRisk: number): Belief {
  const { measured } = state;
  const calibrator = measured.calibratorOf(by.name) ?? (by.kind === "rules" ? measured.calibratorOf(together) : undefined);
  // What is no share stays none, so that the table finds the fault: a map would give it a place.
  if (calibrator === undefined || !(said >= 0 && said <= 1)) return { conviction: said };
  const probability = calibrated(calibrator.map, said);
  const counted = Math.min(rewardToRisk, rules.rewardToRisk);
  return { conviction: evenStakes(probability, counted), calibrated: { said, probability, rewardToRisk: counted } };
}

/** Distance of the target as a multiple of the stop's; even where a level is missing or on the wrong side, since nothing is known of it then. */
export function stakesOf(turn: Turn, { instrument, action, stopLoss, takeProfit }: Proposal): number {
  const last = turn.quote(instrument)?.last;
  if (last === undefined || stopLoss === undefined || takeProfit === undefined) return 1;
  const sign = action === "buy" ? 1 : -1;
  const [risk, reward] = [sign * approximately(last - stopLoss), sign * approximately(takeProfit - last)];
  return risk > 0 && reward > 0 ? reward / risk : 1;
}

/**
 * A claim is a forecast whether or not it is followed: a record of what was followed would be one of what the table likes (EQ-8). Said
 * again while it is open it is the same claim: what every bar repeats would be counted once a bar, and the fit would take it for news.
 */
export function* foresee(turn: Turn, { horizonBars, interval }: CryptoSettings, proposal: Proposal): Line {
  const forecast = forecastOf(turn, proposal, horizonBars, interval);
  if (forecast === undefined || turn.state.forecasts.isOpen(forecast)) return;
  yield record({ kind: "forecast_made", forecast }, turn.correlation);
}
