import { optionEntrySchema, optionExitSchema } from "../../flow/proposals/option-schemas.ts";
import { arbiterSchema, traderSchema } from "../../flow/proposals/crypto-schema.ts";
import { chairSchema, checkpointSchema, pitchSchema, researchSchema, reviewSchema } from "../../flow/proposals/council-schemas.ts";
import { decisiveSchema } from "../../flow/proposals/decisive-schema.ts";
import { portfolioSchema } from "../../flow/proposals/portfolio-schema.ts";
import type { AnswerSchema } from "../../flow/proposals/question.ts";

const councilSchemas = [researchSchema, pitchSchema, reviewSchema, chairSchema, checkpointSchema];

/** All shapes of answers that this version asks for and reads: prompts name one of them, and recordings are of one of them. */
export const answerSchemas: readonly AnswerSchema[] = [
  portfolioSchema,
  decisiveSchema,
  optionEntrySchema,
  optionExitSchema,
  traderSchema,
  arbiterSchema,
  ...councilSchemas,
];

/** Their names as a closed list. */
export const answerSchemaNames = [
  "portfolio@1",
  "decisive@1",
  "option_entry@1",
  "option_exit@1",
  "trader@1",
  "arbiter@1",
  "council_research@1",
  "council_pitch@1",
  "council_review@1",
  "council_chair@1",
  "council_checkpoint@1",
] as const;
export type AnswerSchemaName = (typeof answerSchemaNames)[number];
