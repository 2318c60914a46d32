import { perpActions, riskLevels } from "./proposal.ts";
import type { AnswerSchema, JsonSchema } from "./question.ts";

const closed = (properties: JsonSchema): JsonSchema => ({
  type: "object",
  additionalProperties: false,
  required: Object.keys(properties),
  properties,
});

const text = { type: "string" };
const amount = { type: "number" };
const level = { type: ["number", "null"] };

/** The shape of a portfolio answer (PERP-1) as providers are told it; `readPortfolio` is what judges. */
export const portfolioSchema: AnswerSchema = {
  name: "portfolio@1",
  json: closed({
    decisions: {
      type: "array",
      items: closed({
        symbol: text,
        action: { type: "string", enum: perpActions },
        allocation_usd: amount,
        tp_price: level,
        sl_price: level,
        exit_plan: text,
        rationale: text,
        confidence: amount,
        risk_level: { type: "string", enum: riskLevels },
      }),
    },
    rationale: text,
    total_allocation_usd: amount,
    risk_level: { type: "string", enum: riskLevels },
  }),
};
