import type { AnswerSchema, JsonSchema } from "./question.ts";

export const decisiveDirections = ["long", "short", "close", "pass"] as const;
export type DecisiveDirection = (typeof decisiveDirections)[number];

const closed = (properties: JsonSchema): JsonSchema => ({
  type: "object",
  additionalProperties: false,
  required: Object.keys(properties),
  properties,
});

const text = { type: "string" };
const maybe = { type: ["number", "null"] };

/** The shape of a decisive answer (EQ-1) as providers are told it; `readDecisive` is what judges. */
export const decisiveSchema: AnswerSchema = {
  name: "decisive@1",
  json: closed({
    decisions: {
      type: "array",
      items: closed({
        symbol: text,
        direction: { type: "string", enum: decisiveDirections },
        p_win: maybe,
        entry: maybe,
        stop: maybe,
        target: maybe,
        invalidation: text,
        ev: maybe,
        thesis: text,
        conviction: { type: "number" },
      }),
    },
  }),
};
