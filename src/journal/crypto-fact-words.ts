import type { ArbitrationRow } from "../flow/resolution/arbitrated.ts";
import { unreachable } from "../words/invariant.ts";
import type { CryptoFact } from "./crypto-facts.ts";
import { readablePercent } from "./readable.ts";

/** One of these facts in, a short sentence for people out. */
export function cryptoWords(fact: CryptoFact): string {
  switch (fact.kind) {
    case "arbitrated": {
      const { proposals_local, proposals_ai, proposals_final, arbitrations, heard } = fact;
      const made = `${proposals_local.length} by rules, ${proposals_ai.length} by AI${heard === "both" ? "" : ` (${heard})`}, ${proposals_final.length} go on`;
      return arbitrations.length === 0 ? made : `${made}: ${arbitrations.map(row).join("; ")}`;
    }
    case "alerted": {
      const { alert, measured, limit } = fact.alarm;
      const rounded = Math.round(measured * 10_000) / 10_000;
      return fact.began ? `${alert}: ${rounded} above ${limit}` : `${alert} is over`;
    }
    default:
      return unreachable(fact);
  }
}

function row({ instrument, local, ai, resolution, reason, arbiter }: ArbitrationRow): string {
  const rules = local === undefined ? "no rule" : `rules ${local.side} ${readablePercent(local.conviction)}`;
  const model = ai === undefined ? "no AI" : `AI ${ai.side} ${readablePercent(ai.confidence)}`;
  return `${instrument} ${rules}, ${model}: ${resolution} (${reason})${arbiter === undefined ? "" : `, arbiter ${arbiter}`}`;
}
