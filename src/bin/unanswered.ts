import type { ModelAnswer } from "../flow/proposals/question.ts";
import { whenDone } from "../ports/eventually.ts";
import type { Model } from "../ports/model.ts";

type Count = { asked: number; without: number; why: string };

/**
 * What models did not answer in a run, and why at first: a page of figures counts such questions, and only the provider's own words tell a
 * wrong key from a network that is not there.
 */
export class Unanswered {
  readonly #counts = new Map<string, Count>();

  over(model: Model): Model {
    return {
      ask: (question, asking) => {
        const heard = (answer: ModelAnswer): ModelAnswer => {
          this.#hear(question.model, answer);
          return answer;
        };
        return whenDone(model.ask(question, asking), heard);
      },
    };
  }

  /** A line for each model that left something without an answer. */
  lines(): readonly string[] {
    return [...this.#counts]
      .filter(([, { without }]) => without > 0)
      .map(([model, { asked, without, why }]) => `${model} gave no answer to ${without} of ${asked} questions, at first: ${why}`);
  }

  #hear(model: string, answer: ModelAnswer): void {
    const count = this.#counts.get(model) ?? { asked: 0, without: 0, why: "" };
    this.#counts.set(model, count);
    count.asked++;
    if (answer.outcome === "ok") return;
    if (count.without === 0) count.why = `${answer.outcome}, ${answer.detail.replace(`${model}: `, "")}`;
    count.without++;
  }
}
