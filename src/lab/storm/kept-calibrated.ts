import { calibrated, fitCalibrator, type Calibrator } from "../../flow/calibration/calibrator.ts";
import { evenStakes } from "../../flow/calibration/even-stakes.ts";
import type { Proposal } from "../../flow/proposals/proposal.ts";
import type { LocalRow } from "../../flow/resolution/arbitrated.ts";
import type { Entry } from "../../journal/entry.ts";
import type { FactOf } from "../../journal/fact.ts";
import { ForecastLog } from "../../journal/forecast-log.ts";
import type { ProposalId } from "../../words/ids.ts";
import { instantText } from "../../journal/instant-text.ts";
import type { Breach } from "./wire-watch.ts";

/** I14: calibrators rest on outcomes that were known, and what a table or a size hears is what they make of what was said. */
export class Calibration {
  readonly #forecasts = new ForecastLog();
  readonly #horizons = new Map<ProposalId, Temporal.Instant>();
  readonly #calibrators = new Map<string, Calibrator>();
  readonly #proposals = new Map<ProposalId, Proposal>();
  #newest: Calibrator | undefined;

  *see({ fact, sequence, at }: Entry): Generator<Breach> {
    const breach = (what: string): Breach => ({ invariant: "I14", what: `entry ${sequence} ${what}` });
    switch (fact.kind) {
      case "proposed":
        this.#proposals.set(fact.proposal.id, fact.proposal);
        return;
      case "forecast_made":
        this.#horizons.set(fact.forecast.proposal, fact.forecast.horizonAt);
        return this.#forecasts.made(fact.forecast);
      case "forecast_resolved": {
        const { proposal, by, resolvedAt } = fact.outcome;
        const horizonAt = this.#horizons.get(proposal);
        if (horizonAt === undefined) yield breach(`settles ${proposal}, which foresaw nothing`);
        else if (by === "horizon" && Temporal.Instant.compare(resolvedAt, horizonAt) < 0)
          yield breach(`settles ${proposal} by its horizon at ${instantText(resolvedAt)}, before ${instantText(horizonAt)}`);
        if (Temporal.Instant.compare(resolvedAt, at) > 0) yield breach(`settles ${proposal} by what is still to come`);
        return this.#forecasts.resolved(fact);
      }
      case "calibrator_fitted":
        if (!this.#isOfKnown(fact)) yield breach(`fits ${fact.calibrator.of} to other outcomes than are known`);
        this.#calibrators.set(fact.calibrator.of, fact.calibrator);
        this.#newest = fact.calibrator;
        return;
      case "edge_weighed": {
        const { pWinSaid, pWin } = fact.edge;
        const worth = this.#newest === undefined ? pWinSaid : calibrated(this.#newest.map, pWinSaid);
        if (pWin !== worth) yield breach(`weighs ${pWin} where ${pWinSaid} was said, worth ${worth}`);
        return;
      }
      case "arbitrated":
        for (const row of [
          ...fact.proposals_local,
          ...fact.proposals_ai.map(({ confidence, ...ai }) => ({ ...ai, conviction: confidence })),
        ]) {
          const wrong = this.#misread(row);
          if (wrong !== undefined) yield breach(wrong);
        }
        return;
      default:
    }
  }

  #isOfKnown({ calibrator }: FactOf<"calibrator_fitted">): boolean {
    const { of, outcomes } = calibrator;
    const scored = of === "rules" ? this.#forecasts.scoredOf("rules") : this.#forecasts.scoredBy(of);
    return JSON.stringify(fitCalibrator(of, scored, outcomes)) === JSON.stringify(calibrator);
  }

  #misread({ proposal, conviction, calibrated: word }: Omit<LocalRow, "fate">): string | undefined {
    const { by, confidence: said } = this.#proposals.get(proposal) ?? {};
    // What was turned away before it was a proposal was not read by anything.
    if (by === undefined || said === undefined) return undefined;
    const calibrator = this.#calibrators.get(by.name) ?? (by.kind === "rules" ? this.#calibrators.get("rules") : undefined);
    const probability = calibrator === undefined ? undefined : calibrated(calibrator.map, said);
    const worth = probability === undefined ? said : evenStakes(probability, word?.rewardToRisk ?? 1);
    return conviction === worth && word?.probability === probability && (word?.said ?? said) === said
      ? undefined
      : `compares ${conviction} of ${by.name} where ${said} was said, worth ${worth}`;
  }
}
