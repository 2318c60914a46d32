import type { Scored } from "../flow/calibration/brier.ts";
import type { Forecast } from "../flow/calibration/forecast.ts";
import type { Proposer } from "../flow/proposals/proposal.ts";
import type { ProposalId } from "../words/ids.ts";
import type { FactOf } from "./fact.ts";

/** What was foreseen and is still open, and every forecast that was settled. */
export class ForecastLog {
  readonly #open = new Map<ProposalId, Forecast>();
  readonly #scored: Scored[] = [];
  readonly #byName = new Map<string, Scored[]>();
  readonly #byKind = new Map<Proposer["kind"], Scored[]>();
  /** Moves with every forecast made or settled. */
  version = 0;

  made(forecast: Forecast): void {
    this.#open.set(forecast.proposal, forecast);
    this.version++;
  }

  resolved({ outcome }: FactOf<"forecast_resolved">): void {
    const forecast = this.#open.get(outcome.proposal);
    if (forecast !== undefined) this.#score(forecast.by, { confidence: forecast.confidence, cameTrue: outcome.cameTrue });
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

  /** Of all proposers of a kind. */
  scoredOf(kind: Proposer["kind"]): readonly Scored[] {
    return this.#byKind.get(kind) ?? [];
  }

  /** Whether the same proposer has said the same of the same instrument, and it is not settled. */
  isOpen({ by, instrument, direction }: Pick<Forecast, "by" | "instrument" | "direction">): boolean {
    for (const open of this.#open.values())
      if (open.instrument === instrument && open.direction === direction && open.by.name === by.name) return true;
    return false;
  }

  #score({ name, kind }: Proposer, scored: Scored): void {
    this.#scored.push(scored);
    pushed(this.#byName, name, scored);
    pushed(this.#byKind, kind, scored);
  }
}

function pushed<Key>(of: Map<Key, Scored[]>, key: Key, scored: Scored): void {
  const own = of.get(key);
  if (own === undefined) of.set(key, [scored]);
  else own.push(scored);
}
