import type { ModelAttempt } from "../../flow/proposals/question.ts";
import { zeroMoney } from "../../words/money.ts";
import type { Called } from "./wire-call.ts";

export type CallFigures = Pick<ModelAttempt, "latencyMs" | "tokensIn" | "tokensCached" | "tokensOut" | "tokensReasoning" | "cost">;

const unused: CallFigures = { latencyMs: 0, tokensIn: 0, tokensCached: 0, tokensOut: 0, tokensReasoning: 0, cost: zeroMoney };

/** What a call used, as its attempt says it: nothing where it did not leave. */
export function figuresOf(called: Called): CallFigures {
  if (called.kind === "held_back") return unused;
  if (called.kind === "unsent") return { ...unused, latencyMs: called.latencyMs };
  const { tokensIn, tokensCached, tokensOut, tokensReasoning } = called.spent.usage;
  return { latencyMs: called.latencyMs, tokensIn, tokensCached, tokensOut, tokensReasoning, cost: called.spent.cost };
}

export const costByOf = (called: Called) => (called.kind === "sent" ? called.spent.costBy : undefined);

/** The attempt's detail, with a word on figures that are ours and not the server's. */
export function detailOf(called: Called, judged: string): string {
  if (called.kind !== "sent" || !called.assumed) return judged;
  return `${judged}${judged === "" ? "" : "; "}the server does not say what it used: charged at its worst case`;
}
