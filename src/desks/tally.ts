import type { MarketSnapshot } from "../flow/market/snapshot.ts";
import { missing } from "../words/invariant.ts";
import type { Fact } from "../journal/fact.ts";

/** Counts what became of each candidate of a scan: one outcome each, so that they add up to the candidates (LINE-4). */
export class Tally {
  readonly #outcomes: Record<string, number> = {};
  /** In no order: a few, or a few hundred. */
  readonly #open: string[];
  readonly #candidates: number;

  /** Every instrument of a snapshot, left out or not. */
  static of({ assets, leftOut }: Pick<MarketSnapshot, "assets" | "leftOut">): Tally {
    const candidates: string[] = [];
    for (const { quote } of assets) candidates.push(quote.instrument);
    for (const { instrument } of leftOut) candidates.push(instrument);
    return new Tally(candidates);
  }

  constructor(candidates: readonly string[]) {
    this.#open = distinct(candidates);
    this.#candidates = this.#open.length;
  }

  count(candidate: string, outcome: string): void {
    const at = this.#open.indexOf(candidate);
    if (at < 0) missing(`${candidate} is a candidate and has one outcome`);
    const last = this.#open.pop();
    if (last !== undefined && at < this.#open.length) this.#open[at] = last;
    this.#outcomes[outcome] = (this.#outcomes[outcome] ?? 0) + 1;
  }

  /** All that have none yet share this one: an early return. */
  countRest(outcome: string): void {
    for (const candidate of this.#open.slice()) this.count(candidate, outcome);
  }

  scanned(): Fact {
    if (this.#open.length > 0) missing(`every candidate has an outcome; ${[...this.#open].join(", ")} has none`);
    const names = Object.keys(this.#outcomes);
    return { kind: "scanned", candidates: this.#candidates, outcomes: names.length < 2 ? this.#outcomes : byName(this.#outcomes, names) };
  }
}

const distinct = (candidates: readonly string[]): string[] => (candidates.length < 2 ? candidates.slice() : [...new Set(candidates)]);

/** In one order whatever came first, so that equal scans have equal texts. */
function byName(outcomes: Readonly<Record<string, number>>, names: string[]): Record<string, number> {
  const sorted: Record<string, number> = {};
  for (const name of names.sort()) sorted[name] = outcomes[name] ?? 0;
  return sorted;
}
