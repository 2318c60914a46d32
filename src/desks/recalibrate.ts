import type { Scored } from "../flow/calibration/brier.ts";
import { fitCalibrator } from "../flow/calibration/calibrator.ts";
import { record, type Line } from "../runtime/line.ts";
import type { Turn } from "../runtime/turn.ts";
import { present } from "../words/invariant.ts";

export type CalibrateSettings = { readonly calibrateFrom: number; readonly refitEvery: number };

/** For a desk that has no keys of its own for it. */
export const usualCalibration: CalibrateSettings = { calibrateFrom: 20, refitEvery: 10 };

/** Where enough outcomes came in since the last time, what confidence `of` somebody means is fitted again and counts from here on (EQ-8). */
export function* recalibrate(
  { state, correlation }: Turn,
  of: string,
  scored: readonly Scored[],
  { calibrateFrom, refitEvery }: CalibrateSettings,
): Line {
  const known = state.measured.calibratorOf(of)?.outcomes ?? 0;
  // The more there are the less a few change: a twentieth more of them at least.
  const more = known === 0 ? 1 : Math.max(refitEvery, Math.ceil(known / 20));
  if (scored.length < calibrateFrom || scored.length - known < more) return;
  const fitted = present(fitCalibrator(of, scored, calibrateFrom), "enough outcomes give a calibrator");
  yield record({ kind: "calibrator_fitted", calibrator: fitted }, correlation);
}
