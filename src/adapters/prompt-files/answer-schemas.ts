import { optionEntrySchema, optionExitSchema } from "../../flow/proposals/option-schemas.ts";
import { arbiterSchema, traderSchema } from "../../flow/proposals/crypto-schema.ts";
import { decisiveSchema } from "../../flow/proposals/decisive-schema.ts";
import { portfolioSchema } from "../../flow/proposals/portfolio-schema.ts";
import type { AnswerSchema } from "../../flow/proposals/question.ts";

/** All shapes of answers that this version asks for and reads: prompts name one of them, and recordings are of one of them. */
export const answerSchemas: readonly AnswerSchema[] = [portfolioSchema, decisiveSchema, optionEntrySchema, optionExitSchema, traderSchema, arbiterSchema];

/** Their names as a closed list. */
export const answerSchemaNames = ["portfolio@1", "decisive@1", "option_entry@1", "option_exit@1", "trader@1", "arbiter@1"] as const;
export type AnswerSchemaName = (typeof answerSchemaNames)[number];
