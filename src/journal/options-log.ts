import type { DecisionKind } from "../flow/resolution/option-situation.ts";
import type { Fact, FactOf } from "./fact.ts";

export type QueueItem = FactOf<"person_asked">;
export type QueueAnswer = FactOf<"person_answered"> & { readonly answeredMs: number };

const keyOf = (decision: DecisionKind, symbol: string): string => `${decision} ${symbol}`;

/** What the journal says of an options desk's questions: when each was last put, what waits, and what stands with a person. */
export class OptionsLog {
  readonly #askedMs = new Map<string, number>();
  readonly #waitsMs = new Map<string, number>();
  readonly #open = new Map<string, QueueItem>();
  readonly #answered = new Map<string, QueueAnswer>();
  /** The contract that a person was shown stays with the answer, which comes without it. */
  readonly #shown = new Map<string, QueueItem>();

  see(fact: Fact, at: Temporal.Instant): void {
    switch (fact.kind) {
      case "option_asked":
        this.#askedMs.set(keyOf(fact.decision, fact.symbol), at.epochMilliseconds);
        return;
      case "option_gated":
        if (fact.outcome === "wait" && fact.waitMinutes !== undefined)
          this.#waitsMs.set(keyOf(fact.decision, fact.symbol), at.epochMilliseconds + fact.waitMinutes * 60_000);
        return;
      case "person_asked":
        this.#open.set(keyOf(fact.decision, fact.symbol), fact);
        return;
      case "person_answered": {
        const key = keyOf(fact.decision, fact.symbol);
        const item = this.#open.get(key);
        if (item === undefined) this.#shown.delete(key);
        else this.#shown.set(key, item);
        this.#open.delete(key);
        this.#answered.set(key, { ...fact, answeredMs: at.epochMilliseconds });
        return;
      }
      case "person_obeyed":
        this.#answered.delete(keyOf(fact.decision, fact.symbol));
        this.#shown.delete(keyOf(fact.decision, fact.symbol));
        return;
      case "person_expired":
        this.#open.delete(keyOf(fact.decision, fact.symbol));
        return;
      default:
        return;
    }
  }

  askedMs(decision: DecisionKind, symbol: string): number | undefined {
    return this.#askedMs.get(keyOf(decision, symbol));
  }
  waitsUntilMs(decision: DecisionKind, symbol: string): number | undefined {
    return this.#waitsMs.get(keyOf(decision, symbol));
  }
  /** What stands in the queue for a person, in the order in which it was asked. */
  get queue(): readonly QueueItem[] {
    return [...this.#open.values()];
  }
  item(decision: DecisionKind, symbol: string): QueueItem | undefined {
    return this.#open.get(keyOf(decision, symbol));
  }
  /** What a person has said and nobody has acted on yet, with the contract that was shown. */
  get answers(): readonly QueueAnswer[] {
    return [...this.#answered.values()];
  }
  answer(decision: DecisionKind, symbol: string): QueueAnswer | undefined {
    return this.#answered.get(keyOf(decision, symbol));
  }
  shown(decision: DecisionKind, symbol: string): QueueItem | undefined {
    return this.#shown.get(keyOf(decision, symbol));
  }
}
