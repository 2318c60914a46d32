import { unreachable } from "../../words/invariant.ts";
import { brier, type Scored } from "./brier.ts";
import { alongIsotonic, fitIsotonic, type IsotonicMap } from "./isotonic.ts";
import { logLoss } from "./log-loss.ts";
import { alongPlatt, fitPlatt, type PlattMap } from "./platt.ts";
import { alongShrunk, fitShrunk, type ShrunkMap } from "./shrunk.ts";

/** Resolved forecasts come in; the map from what a proposer says to a probability goes out (EQ-8). */

export type CalibrationMap = ShrunkMap | IsotonicMap | PlattMap;

/** A fitted map with what speaks for it. It is journalled whole, so that a decision can be made again from it. */
export type Calibrator = {
  /** Whose words it reads: a proposer by name, since another is right and wrong in another way. */
  readonly of: string;
  readonly map: CalibrationMap;
  /** Outcomes that it was fitted to. */
  readonly outcomes: number;
  /** Brier score of what was said, and of the map on outcomes that it had not seen, by cross-validation. */
  readonly brierSaid: number;
  readonly brierMapped: number;
  /** Of the map on outcomes that it had not seen: 1 is perfect, 0 is no better than the base rate, below 0 is worse. */
  readonly skill: number;
};

/** From this many outcomes on a curve is fitted; below, confidence is shrunk to the base rate (EQ-8). */
export const curveOutcomesMin = 100;
const folds = 5;
const fits = { shrunk: fitShrunk, isotonic: fitIsotonic, platt: fitPlatt } as const;

export function calibrated(map: CalibrationMap, confidence: number): number {
  switch (map.kind) {
    case "shrunk":
      return alongShrunk(map, confidence);
    case "isotonic":
      return alongIsotonic(map, confidence);
    case "platt":
      return alongPlatt(map, confidence);
    default:
      return unreachable(map);
  }
}

/**
 * The map for these outcomes, undefined below `outcomesMin`. From 100 on, isotonic or Platt, whichever has the lower log loss on folds that it
 * was not fitted to; a tie goes to Platt, which has two numbers to be wrong in.
 */
export function fitCalibrator(of: string, scored: readonly Scored[], outcomesMin: number): Calibrator | undefined {
  if (scored.length < Math.max(outcomesMin, folds)) return undefined;
  const kinds = scored.length < curveOutcomesMin ? (["shrunk"] as const) : (["platt", "isotonic"] as const);
  const tried = kinds.map((kind) => {
    const unseen = acrossFolds(scored, fits[kind]);
    return { kind, unseen, loss: logLoss(unseen) ?? Infinity };
  });
  const best = tried.reduce((one, other) => (other.loss < one.loss ? other : one));
  return {
    of,
    map: fits[best.kind](scored),
    outcomes: scored.length,
    brierSaid: brier(scored)?.score ?? 0,
    brierMapped: brier(best.unseen)?.score ?? 0,
    skill: brierSkill(best.unseen) ?? 0,
  };
}

/** Every outcome with the probability of a map that was fitted without its fold; every fifth is one fold, so that each spans the whole time. */
function acrossFolds(scored: readonly Scored[], fit: (of: readonly Scored[]) => CalibrationMap): readonly Scored[] {
  const maps = Array.from({ length: folds }, (_, fold) => fit(scored.filter((_each, at) => at % folds !== fold)));
  return scored.map(({ confidence, cameTrue }, at) => {
    const map = maps[at % folds];
    return { confidence: map === undefined ? confidence : calibrated(map, confidence), cameTrue };
  });
}

/** How much of the base rate's Brier score is gone; undefined where everything or nothing came true, since no forecast can show skill there. */
export function brierSkill(scored: readonly Scored[]): number | undefined {
  const score = brier(scored);
  return score === undefined || score.uncertainty === 0 ? undefined : 1 - score.score / score.uncertainty;
}
