import type { AnswerSchema, JsonSchema } from "./question.ts";

export const tradeSides = ["buy", "sell"] as const;
export const arbiterChoices = ["local", "ai", "none"] as const;
export type ArbiterChoice = (typeof arbiterChoices)[number];

const closed = (properties: JsonSchema): JsonSchema => ({
  type: "object",
  additionalProperties: false,
  required: Object.keys(properties),
  properties,
});

const text = { type: "string" };
const amount = { type: "number" };
const perhaps = { type: ["number", "null"] };

/** The AI trader's answer (DUAL-1) as providers are told it; `readTrader` is what judges. */
export const traderSchema: AnswerSchema = {
  name: "trader@1",
  json: closed({
    decisions: {
      type: "array",
      items: closed({
        symbol: text,
        side: { type: "string", enum: tradeSides },
        confidence: amount,
        size_pct: perhaps,
        stop_price: perhaps,
        target_price: perhaps,
        rationale: text,
      }),
    },
    rationale: text,
  }),
};

/** The arbiter's answer (DUAL-3): a choice for each symbol. It has no place for a size, so that none can be enlarged. */
export const arbiterSchema: AnswerSchema = {
  name: "arbiter@1",
  json: closed({
    choices: {
      type: "array",
      items: closed({ symbol: text, choice: { type: "string", enum: arbiterChoices }, rationale: text }),
    },
  }),
};
