import type { ModelAnswer, Question } from "../flow/proposals/question.ts";
import type { Entry } from "../journal/entry.ts";
import type { Eventually } from "../ports/eventually.ts";
import type { Asking, Model } from "../ports/model.ts";
import { digestOf } from "../runtime/digest.ts";
import { zeroMoney } from "../words/money.ts";

/** Answers that journals hold are given again; only what none has is asked, and nothing at all beyond what will be kept. */
export class KnownAnswers implements Model {
  readonly #inner: Model;
  readonly #isPast: () => boolean;
  readonly #known = new Map<string, ModelAnswer>();

  constructor(inner: Model, entries: readonly Entry[], isPast: () => boolean) {
    this.#inner = inner;
    this.#isPast = isPast;
    for (const { account, fact } of entries)
      if (fact.kind === "model_answered") this.#known.set(keyOf(account, fact.role, fact.model, fact.questionHash), fact.answer);
  }

  ask(question: Question, asking: Asking): Eventually<ModelAnswer> {
    const { role, model, user } = question;
    const known = this.#known.get(keyOf(asking.account, role, model, digestOf(user)));
    if (known !== undefined) return known;
    if (!this.#isPast()) return this.#inner.ask(question, asking);
    return { outcome: "provider_error", detail: "beyond what is played", latencyMs: 0, tokensIn: 0, tokensOut: 0, cost: zeroMoney };
  }
}

const keyOf = (...parts: readonly string[]): string => parts.join(" ");
