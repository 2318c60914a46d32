import { missing } from "../words/invariant.ts";
import type { Fact } from "../journal/fact.ts";

/** Counts what became of each candidate of a scan: one outcome each, so that they add up to the candidates (LINE-4). */
export class Tally {
  readonly #outcomes = new Map<string, number>();
  readonly #open: Set<string>;
  readonly #candidates: number;

  constructor(candidates: Iterable<string>) {
    this.#open = new Set(candidates);
    this.#candidates = this.#open.size;
  }

  count(candidate: string, outcome: string): void {
    if (!this.#open.delete(candidate)) missing(`${candidate} is a candidate and has one outcome`);
    this.#outcomes.set(outcome, (this.#outcomes.get(outcome) ?? 0) + 1);
  }

  /** All that have none yet share this one: an early return. */
  countRest(outcome: string): void {
    for (const candidate of this.#open) this.count(candidate, outcome);
  }

  scanned(): Fact {
    if (this.#open.size > 0) missing(`every candidate has an outcome; ${[...this.#open].join(", ")} has none`);
    const outcomes: Record<string, number> = {};
    for (const name of this.#outcomes.size === 1 ? this.#outcomes.keys() : [...this.#outcomes.keys()].sort())
      outcomes[name] = this.#outcomes.get(name) ?? 0;
    return { kind: "scanned", candidates: this.#candidates, outcomes };
  }
}
