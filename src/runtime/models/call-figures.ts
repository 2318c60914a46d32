import type { ModelAttempt } from "../../flow/proposals/question.ts";
import { zeroMoney } from "../../words/money.ts";
import type { Called } from "./wire-call.ts";

export type CallFigures = Pick<ModelAttempt, "latencyMs" | "tokensIn" | "tokensCached" | "tokensOut" | "tokensReasoning" | "cost">;

/** What a call used, as its attempt says it: nothing where it did not leave. */
export function figuresOf(called: Called): CallFigures {
  if (called.kind === "held_back") return { latencyMs: 0, tokensIn: 0, tokensCached: 0, tokensOut: 0, tokensReasoning: 0, cost: zeroMoney };
  const { latencyMs, spent } = called;
  return { latencyMs, ...spent.usage, cost: spent.cost };
}

export const costByOf = (called: Called) => (called.kind === "sent" ? called.spent.costBy : undefined);
