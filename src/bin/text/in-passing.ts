import { readableEvidence } from "../../journal/readable.ts";
import type { FactOf } from "../../journal/fact.ts";
import type { Proposal } from "../../flow/proposals/proposal.ts";
import { approximately } from "../../words/exact.ts";
import type { Money } from "../../words/money.ts";

/** An amount to the whole unit, for a line that is read in passing. */
export const whole = (of: Money): string => approximately(of).toLocaleString("en-US", { maximumFractionDigits: 0 });

/** What a proposal asks for, in the words of a person: `wants to buy 2,500 of BTC, 62% sure`. */
export function wish(proposal: Proposal | undefined, name: string): string {
  switch (proposal?.action) {
    case "buy":
    case "sell":
      return `wants to ${proposal.action} ${whole(proposal.allocation)} of ${name}, ${Math.round(proposal.confidence * 100)}% sure`;
    case "adjust_position":
      return `wants ${name} down to ${whole(proposal.allocation)}`;
    case "close_position":
      return `wants out of ${name}`;
    default:
      return `for ${name}`;
  }
}

/** The code, and the numbers behind it where they say more than the code. */
export function refusalText({ refusal }: FactOf<"refused">): string {
  const numbers = readableEvidence(refusal);
  return refusal.code.endsWith(numbers) ? refusal.code : `${refusal.code}, ${numbers}`;
}
