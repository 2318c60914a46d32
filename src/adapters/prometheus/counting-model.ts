import type { ModelAnswer } from "../../flow/proposals/question.ts";
import { whenDone } from "../../ports/eventually.ts";
import type { Model } from "../../ports/model.ts";
import type { ModelMetrics } from "./model-metrics.ts";

/** A model without a gateway, such as the house's or a recording, whose answers are counted as a gateway counts its own. */
export const countingModel = (model: Model, metrics: ModelMetrics): Model => ({
  ask(question, asking) {
    const counted = (answer: ModelAnswer): ModelAnswer => {
      for (const attempt of answer.attempts ?? []) metrics.tried({ role: question.role, attempt });
      metrics.answered(question.role, answer);
      return answer;
    };
    return whenDone(model.ask(question, asking), counted);
  },
});
