import type { Scored } from "../flow/calibration/brier.ts";
import type { Forecast } from "../flow/calibration/forecast.ts";
import type { ProposalId } from "../words/ids.ts";
import type { FactOf } from "./fact.ts";

/** What was foreseen and is still open, and every forecast that was settled. */
export class ForecastLog {
  readonly #open = new Map<ProposalId, Forecast>();
  readonly #scored: Scored[] = [];
  readonly #byName = new Map<string, Scored[]>();
  /** Moves with every forecast made or settled. */
  version = 0;

  made(forecast: Forecast): void {
    this.#open.set(forecast.proposal, forecast);
    this.version++;
  }

  resolved({ outcome }: FactOf<"forecast_resolved">): void {
    const forecast = this.#open.get(outcome.proposal);
    if (forecast !== undefined) this.#score(forecast.by.name, { confidence: forecast.confidence, cameTrue: outcome.cameTrue });
    this.#open.delete(outcome.proposal);
    this.version++;
  }

  get size(): number {
    return this.#open.size;
  }
  get open(): readonly Forecast[] {
    return [...this.#open.values()];
  }
  get scored(): readonly Scored[] {
    return this.#scored;
  }
  /** Of one proposer, by name. */
  scoredBy(name: string): readonly Scored[] {
    return this.#byName.get(name) ?? [];
  }

  #score(name: string, scored: Scored): void {
    this.#scored.push(scored);
    const own = this.#byName.get(name);
    if (own === undefined) this.#byName.set(name, [scored]);
    else own.push(scored);
  }
}
