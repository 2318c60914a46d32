import type { Entry } from "../journal/entry.ts";
import type { Fact } from "../journal/fact.ts";

/**
 * What a desk's rules turned away, counted by code: wishes to trade that a rail refused, an order that was withheld at the wire, a proposal
 * below a threshold or against the rules of proposals, and an answer that would have traded and did not get through the gates. A model's
 * own no is none, nor is a venue's.
 */
export function turnedAway(entries: Iterable<Entry>): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { fact } of entries) for (const code of codesOf(fact)) counts.set(code, (counts.get(code) ?? 0) + 1);
  return counts;
}

function codesOf(fact: Fact): readonly string[] {
  switch (fact.kind) {
    case "refused":
    case "order_withheld":
      return [fact.refusal.code];
    case "proposal_refused":
      return [fact.code];
    case "option_gated": {
      const [first] = fact.reasons;
      const wouldTrade = fact.action === "SELL" || fact.action === "APPROVE";
      return wouldTrade && !fact.acts && first !== undefined ? [first.code] : [];
    }
    case "arbitrated":
      return [...fact.proposals_local, ...fact.proposals_ai].flatMap(({ fate }) =>
        fate.startsWith("refused: ") ? [fate.slice("refused: ".length)] : [],
      );
    default:
      return [];
  }
}
