import { portfolioSchema } from "../../flow/proposals/portfolio-schema.ts";
import type { AnswerSchema } from "../../flow/proposals/question.ts";

/** All shapes of answers that this version asks for and reads: prompts name one of them, and recordings are of one of them. */
export const answerSchemas: readonly AnswerSchema[] = [portfolioSchema];

/** Their names as a closed list. */
export const answerSchemaNames = ["portfolio@1"] as const;
export type AnswerSchemaName = (typeof answerSchemaNames)[number];
