import type { AnswerSchema, JsonSchema } from "./question.ts";

export const exitWords = ["SELL", "HOLD", "WAIT", "ABSTAIN"] as const;
export type ExitWord = (typeof exitWords)[number];
export const entryWords = ["APPROVE", "REJECT", "NEED_USER", "ABSTAIN", "HOLD"] as const;
export type EntryWord = (typeof entryWords)[number];

/** How long a model may ask to be left alone about a position, in minutes. */
export const waitMinutes = { least: 1, most: 30 } as const;

const closed = (properties: JsonSchema): JsonSchema => ({
  type: "object",
  additionalProperties: false,
  required: Object.keys(properties),
  properties,
});

const rest = { confidence: { type: "number" }, rationale: { type: "string" } };

/** What to do with one open option, as providers are told it; `readExitAnswer` is what judges (OPT-1). */
export const optionExitSchema: AnswerSchema = {
  name: "option_exit@1",
  json: closed({ action: { type: "string", enum: exitWords }, wait_minutes: { type: ["integer", "null"] }, ...rest }),
};

/** Whether to buy one contract. */
export const optionEntrySchema: AnswerSchema = {
  name: "option_entry@1",
  json: closed({ action: { type: "string", enum: entryWords }, ...rest }),
};
