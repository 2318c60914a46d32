import { unreachable } from "../words/invariant.ts";
import type { CouncilFact } from "./council-facts.ts";
import { readableMoney } from "./readable.ts";

/** One of these facts in, a short sentence for people out. */
export function councilWords(fact: CouncilFact): string {
  switch (fact.kind) {
    case "pack_frozen": {
      const { regime, events, refusedEvents, consensus } = fact.pack;
      const agreed = consensus.filter(({ verdict }) => verdict === "agree").length;
      return `week of ${fact.week}, ${fact.packHash.slice(0, 12)}: risk ${regime.risk}, ${regime.funds.length} funds, ${events.length} events${refusedEvents.length === 0 ? "" : `, ${refusedEvents.length} refused`}, agreed on ${agreed} of ${consensus.length}`;
    }
    case "research_refused":
      return `${fact.code}: ${fact.detail}`;
    case "pitched": {
      const { direction, symbol, conviction, horizon, profile } = fact.pitch;
      return `${fact.member} (${fact.model}) ${direction} ${symbol} ${signed(conviction)} for ${horizon}, ${profile}`;
    }
    case "left_out":
      return `${fact.member} as ${fact.as}: ${fact.why}${fact.detail === "" ? "" : `, ${fact.detail}`}`;
    case "no_quorum":
      return `${fact.heard} heard of at least ${fact.quorum}: no council this week`;
    case "peers_reviewed":
      return `${fact.reviewer} reviewed ${fact.reviews.length} of ${fact.labels.length} pitches`;
    case "pitches_ranked":
      return `${fact.ranked.map(({ member, score }) => `${member} ${score.toFixed(2)}`).join(", ")}${fact.weighed ? ", reviewers weighed" : ""}`;
    case "chairman_decided": {
      const { by, trade, dissenters } = fact.decision;
      const breach = fact.breach === undefined ? "" : `, chairman refused by ${fact.breach.code}`;
      return `${trade.direction} ${trade.symbol} ${signed(trade.conviction)} by the ${by}, ${dissenters.length} against${breach}`;
    }
    case "pitch_resolved":
      return `${fact.member} in the week of ${fact.week}: ${signed(Math.round(fact.gainBps))} bps by the market`;
    case "seated":
      return fact.pitch === undefined
        ? `${fact.member} without a trade in the week of ${fact.week}: ${fact.why}`
        : `${fact.member} takes ${fact.pitch.direction} ${fact.pitch.symbol} in the week of ${fact.week}`;
    case "trade_pending":
      return `${fact.trade} ${fact.action} ${fact.side} ${fact.instrument} about ${readableMoney(fact.notional)} until ${fact.expiresAt.toString()}, shown ${fact.asked} times`;
    case "trade_answered":
      return `${fact.trade} ${fact.yes ? "approved" : "rejected"} by ${fact.by}${fact.why === "" ? "" : `: ${fact.why}`}`;
    case "trade_drifted":
      return `${fact.trade}: ${fact.of} moved ${fact.driftBps} bps, at most ${fact.driftBpsMax}`;
    case "trade_released":
      return `${fact.trade} for ${fact.by}`;
    case "trade_ended":
      return `${fact.trade} ${fact.end}${fact.why === "" ? "" : `: ${fact.why}`}`;
    case "checkpoint_held":
      return `${fact.time} ${fact.action} ${fact.instrument} at ${signed(fact.pnlBps)} bps: ${fact.reason}`;
    default:
      return unreachable(fact);
  }
}

const signed = (value: number): string => (value > 0 ? `+${value}` : String(value));
