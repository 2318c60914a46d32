import type { Context } from "../context/gather.ts";
import { decisiveSchema } from "./decisive-schema.ts";
import { portfolioQuestion, type Prompt } from "./portfolio-question.ts";
import type { Question } from "./question.ts";

export type DecisiveAsk = {
  readonly prompt: Prompt;
  readonly model: string;
  /** What a trade has to show, in words: a model that knows it need not propose what will be refused. */
  readonly thresholds: string;
  /** Largest order as text, in USD. */
  readonly orderMax: string;
};

/** A context comes in; the decisive question about all of its shares goes out (EQ-1). */
export function decisiveQuestion(context: Context, { prompt, model, thresholds, orderMax }: DecisiveAsk): Question {
  const answerTokens = 150;
  return {
    ...portfolioQuestion(context, prompt, `decisive: ${thresholds}`, model, orderMax),
    schema: decisiveSchema,
    outputTokensMax: 500 + answerTokens * context.assets.length,
  };
}
