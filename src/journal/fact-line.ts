import type { Verdict } from "../flow/rails/verdict.ts";
import { unreachable } from "../words/invariant.ts";
import type { Fact } from "./fact.ts";
import { answerWords } from "./answer-words.ts";
import { clockWords } from "./clock-fact-words.ts";
import { equitiesWords } from "./equities-fact-words.ts";
import { because, count, grouped, readableMoney, readablePercent, readableRate, refusedBy, signedMoney } from "./readable.ts";
import { groupWords } from "./group-fact-words.ts";
import { councilWords } from "./council-fact-words.ts";
import { optionsWords } from "./options-fact-words.ts";
import { cryptoWords } from "./crypto-fact-words.ts";
import { orderWords } from "./order-fact-words.ts";
import { protection, resolved } from "./order-words.ts";
import { settlementWords } from "./settlement-words.ts";
import { spendWords } from "./spend-words.ts";

const labelWidth = 20;

/** One fact in, one line for people out: what happened in a column of its own, then a short sentence. */
export const factLine = (fact: Fact): string => `${fact.kind.replaceAll("_", " ").padEnd(labelWidth)}${factWords(fact)}`.trimEnd();

/** The sentence alone, for a line that has a label of its own. */
export const factWords = (fact: Fact): string => oneLine(sentence(fact));

function sentence(fact: Fact): string {
  switch (fact.kind) {
    case "opened":
      return `${fact.mode} on ${fact.venue} with ${readableMoney(fact.startCash)}, ${count(fact.instruments.length, "instrument")}, seed ${fact.seed}`;
    case "woke":
      return `${fact.trigger}, strategy ${fact.strategy}, equity ${readableMoney(fact.equity)}, ${count(fact.snapshot.assets.length, "asset")}${leftOut(fact.snapshot.leftOut)}`;
    case "model_asked":
    case "model_answered":
    case "answer_normalised":
    case "answer_reused":
    case "rate_limited":
    case "fell_back":
    case "proposed":
    case "proposal_refused":
      return answerWords(fact);
    case "resolved":
      return resolved(fact.intent);
    case "stood_down":
      return because(`${fact.instrument}, ${count(fact.proposals.length, "proposal")}`, fact.why);
    case "scanned":
      return because(count(fact.candidates, "candidate"), pairs(fact.outcomes));
    case "passed":
      return `${fact.intent} passed ${count(fact.verdicts.length, "rail")}, at most ${readableMoney(fact.notionalMax)}${trims(fact.verdicts)}`;
    case "refused":
      return `${fact.intent} on ${fact.instrument} ${refusedBy(fact.refusal)}`;
    case "sized":
      return because(
        `${fact.intent} ${grouped(fact.quantity)} worth ${readableMoney(fact.notional)} by ${fact.method}`,
        pairs(fact.arithmetic),
      );
    case "sized_to_nothing":
      return because(`${fact.intent} by ${fact.method}`, fact.why);
    case "approval_asked":
      return `${fact.intent} until ${readableInstant(fact.expiresAt)}`;
    case "approved":
      return `${fact.intent} by ${fact.by}`;
    case "declined":
      return because(`${fact.intent} by ${fact.by}`, fact.why);
    case "order_planned":
    case "order_withheld":
    case "order_sent":
    case "cancel_planned":
    case "cancel_answered":
    case "order_accepted":
    case "order_found":
    case "order_absent":
    case "order_triggered":
    case "order_cancelled":
    case "order_rejected":
    case "filled":
    case "execution_repeated":
    case "external_fill":
    case "fill_busted":
    case "external_orders_seen":
    case "protection_planned":
      return orderWords(fact);
    case "funding_paid":
      return `${fact.instrument} ${signedMoney(fact.amount)} at rate ${readableRate(fact.rate)}, mark ${grouped(fact.price)}`;
    case "liquidation_charged":
      return `${fact.instrument} ${readableMoney(fact.amount)}`;
    case "payment_repeated":
      return `${fact.transaction} was booked before and is not booked again`;
    case "cash_moved":
      return because(signedMoney(fact.amount), fact.why);
    case "shares_split":
      return `${fact.instrument} every ${fact.from} became ${fact.into}`;
    case "option_expired":
    case "option_exercised":
    case "option_assigned":
    case "option_adjusted":
    case "dividend_paid":
    case "borrow_charged":
      return settlementWords(fact);
    case "reconciled":
      return (
        fact.difference ??
        (fact.booked === 0 ? "books and venue agree" : `books and venue agree, ${fact.booked} booked that had not been told`)
      );
    case "day_opened":
      return `${fact.date} with equity ${readableMoney(fact.equity)}`;
    case "latched":
      return because(`${fact.latch.name} ${fact.latch.level} by ${fact.latch.by}`, fact.latch.reason);
    case "cleared":
      return because(`${fact.name} by ${fact.by}`, fact.reason);
    case "strategy_switched":
      return `${fact.from} to ${fact.to} by ${fact.by}`;
    case "forecast_made": {
      const { instrument, direction, entry, takeProfit, stopLoss, confidence, horizonAt } = fact.forecast;
      return `${instrument} ${direction} from ${grouped(entry)}${protection(stopLoss, takeProfit)} by ${readableInstant(horizonAt)}, ${readablePercent(confidence)} sure`;
    }
    case "forecast_resolved":
      return `${fact.outcome.proposal} ${fact.outcome.cameTrue ? "came true" : "did not come true"} by ${fact.outcome.by}`;
    case "closed":
      return `cash ${readableMoney(fact.cash)}, equity ${readableMoney(fact.equity)}`;
    case "group_seen":
      return groupWords(fact);
    case "market_measured":
    case "calibrator_fitted":
    case "edge_weighed":
      return equitiesWords(fact);
    case "option_asked":
    case "option_gated":
    case "hard_rail_fired":
    case "person_asked":
    case "person_answered":
    case "person_obeyed":
    case "person_expired":
      return optionsWords(fact);
    case "pack_frozen":
    case "research_refused":
    case "pitched":
    case "left_out":
    case "no_quorum":
    case "peers_reviewed":
    case "pitches_ranked":
    case "chairman_decided":
    case "pitch_resolved":
    case "seated":
    case "trade_pending":
    case "trade_answered":
    case "trade_drifted":
    case "trade_released":
    case "trade_ended":
    case "checkpoint_held":
      return councilWords(fact);
    case "arbitrated":
    case "alerted":
      return cryptoWords(fact);
    case "spend_capped":
    case "spend_reserved":
    case "spend_settled":
    case "spend_released":
      return spendWords(fact);
    case "clock_measured":
    case "clock_unanswered":
      return clockWords(fact);
    default:
      return unreachable(fact);
  }
}

/** `2026-01-02 03:04:05 UTC`, with milliseconds only where there are some. */
export const readableInstant = (at: Temporal.Instant): string => {
  const text = at.round({ smallestUnit: "millisecond", roundingMode: "trunc" }).toString();
  return `${text.slice(0, -1).replace("T", " ")} UTC`;
};

/** Models and venues write what they like; a line stays a line and cannot move a terminal's cursor. */
const oneLine = (text: string): string => text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\s]+/gu, " ").trim();

const pairs = (of: Readonly<Record<string, string | number>>): string =>
  Object.entries(of)
    .map(([name, value]) => `${name} ${value}`)
    .join(", ");

const leftOut = (of: readonly { readonly instrument: string; readonly why: string }[]): string =>
  of.length === 0 ? "" : `, without ${of.map(({ instrument, why }) => `${instrument} (${why})`).join(", ")}`;

function trims(verdicts: readonly Verdict[]): string {
  const trimmed = verdicts.filter(({ outcome }) => outcome === "trimmed").map(({ rail }) => rail);
  return trimmed.length === 0 ? "" : `, trimmed by ${trimmed.join(", ")}`;
}
