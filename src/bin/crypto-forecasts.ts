import { calibrationReport, type CalibrationReport } from "../flow/calibration/calibration-report.ts";
import { WordsRead, type ReadScore } from "../flow/calibration/words-read.ts";
import { localSignals } from "../flow/proposals/crypto-rules.ts";
import type { AccountState } from "../journal/account-state.ts";
import type { Fact } from "../journal/fact.ts";

/** `asRead` is null where no calibrator was active in time. */
export type ForecastsReport = Readonly<Record<string, CalibrationReport & { readonly asRead: ReadScore | null }>>;

/** How far the words of a run could be believed, by whose they are; it sees the run's facts as they pass. */
export class CryptoForecasts {
  readonly #words = new WordsRead();

  see(fact: Fact): void {
    if (fact.kind === "forecast_made") this.#words.made(fact.forecast);
    else if (fact.kind === "forecast_resolved") this.#words.resolved(fact.outcome);
    else if (fact.kind === "arbitrated")
      for (const { proposal, calibrated } of [...fact.proposals_local, ...fact.proposals_ai])
        if (calibrated !== undefined) this.#words.read(proposal, calibrated.probability);
  }

  /** Each trigger of the rules, the rules together, and the AI trader, as far as anything that they said came true or not. */
  report({ forecasts }: AccountState, model: string, outcomesMin: number): ForecastsReport {
    const said = [
      ...[...localSignals, model].map((name) => [name, forecasts.scoredBy(name)] as const),
      ["rules", forecasts.scoredOf("rules")] as const,
    ];
    const reports: Record<string, ForecastsReport[string]> = {};
    for (const [name, scored] of said) {
      const report = calibrationReport(scored, outcomesMin);
      if (report !== undefined) reports[name] = { ...report, asRead: this.#words.scoreOf(name) ?? null };
    }
    return reports;
  }
}
