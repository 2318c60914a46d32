import { brier, type BrierScore, type Scored } from "./brier.ts";
import { brierSkill, fitCalibrator, type CalibrationMap } from "./calibrator.ts";
import { logLoss } from "./log-loss.ts";
import { calibrationError, reliabilityTable, type ReliabilityRow } from "./reliability.ts";

/** Everything that is asked of forecasts once their outcomes are known (EQ-8). */
export type CalibrationReport = BrierScore & {
  /** In nats. */
  readonly logLoss: number;
  /** Expected calibration error over ten bins. */
  readonly ece: number;
  /** Against the base rate; null where everything or nothing came true. */
  readonly skill: number | null;
  readonly table: readonly ReliabilityRow[];
  /** The map that these outcomes give, and its score on those that it had not seen; null where there are too few. */
  readonly fitted: { readonly map: CalibrationMap; readonly brierMapped: number; readonly skillMapped: number } | null;
};

/** Scored forecasts come in; the report goes out, undefined without any. */
export function calibrationReport(scored: readonly Scored[], outcomesMin: number): CalibrationReport | undefined {
  const score = brier(scored);
  const loss = logLoss(scored);
  if (score === undefined || loss === undefined) return undefined;
  const table = reliabilityTable(scored);
  const calibrator = fitCalibrator("these forecasts", scored, outcomesMin);
  return {
    ...score,
    logLoss: loss,
    ece: calibrationError(table) ?? 0,
    skill: brierSkill(scored) ?? null,
    table,
    fitted: calibrator === undefined ? null : { map: calibrator.map, brierMapped: calibrator.brierMapped, skillMapped: calibrator.skill },
  };
}
