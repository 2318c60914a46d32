import type { ModelAnswer, ModelAttempt, ModelOutcome } from "../../flow/proposals/question.ts";
import type { CallSpent } from "../../ports/budget.ts";
import { sum } from "../../words/money.ts";

/** What every attempt of one question used and how it ended, as evidence with the answer. */
export class Attempts {
  readonly #all: ModelAttempt[] = [];
  readonly #by = new Set<CallSpent["costBy"]>();
  #lastSent: ModelAttempt | undefined;

  /** `costBy` is absent where nothing left this machine. */
  add(attempt: ModelAttempt, costBy?: CallSpent["costBy"]): void {
    this.#all.push(attempt);
    if (costBy === undefined) return;
    this.#by.add(costBy);
    this.#lastSent = attempt;
  }

  get last(): ModelAttempt | undefined {
    return this.#all.at(-1);
  }

  answered(text: string, latencyMs: number): ModelAnswer {
    return { ...this.#spent(latencyMs), outcome: "ok", text };
  }

  /**
   * The last call that left says how it ended; what kept later calls from leaving stands behind it. Where none left, the last reason
   * is the outcome.
   */
  unanswered(latencyMs: number): ModelAnswer {
    const { last } = this;
    const ended = this.#lastSent ?? last;
    if (ended === undefined || last === undefined)
      return { ...this.#spent(latencyMs), outcome: "timed_out", detail: "no time was left to ask" };
    const outcome = notOk(ended.outcome);
    const told = (of: ModelAttempt): string => `${of.provider}/${of.model}: ${of.detail}`;
    return { ...this.#spent(latencyMs), outcome, detail: last === ended ? told(ended) : `${told(ended)}; then ${told(last)}` };
  }

  #spent(latencyMs: number) {
    const total = (field: "tokensIn" | "tokensCached" | "tokensOut" | "tokensReasoning"): number =>
      this.#all.reduce((before, attempt) => before + attempt[field], 0);
    return {
      latencyMs,
      tokensIn: total("tokensIn"),
      tokensCached: total("tokensCached"),
      tokensOut: total("tokensOut"),
      tokensReasoning: total("tokensReasoning"),
      cost: sum(this.#all.map(({ cost }) => cost)),
      // One figure of the price table makes the sum no figure of the provider's.
      costBy: this.#by.has("prices") ? ("prices" as const) : this.#by.has("provider") ? ("provider" as const) : ("free" as const),
      attempts: this.#all,
    };
  }
}

/** An attempt that was ok ends the question, so that it is never the reason for having no answer. */
const notOk = (outcome: ModelOutcome): Exclude<ModelOutcome, "ok"> => (outcome === "ok" ? "provider_error" : outcome);
