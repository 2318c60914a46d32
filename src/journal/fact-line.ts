import type { Proposal } from "../flow/proposals/proposal.ts";
import type { ModelAnswer } from "../flow/proposals/question.ts";
import type { Verdict } from "../flow/rails/verdict.ts";
import { unreachable } from "../words/invariant.ts";
import type { Fact } from "./fact.ts";
import { cancelledWords, placedWords } from "./outcome-words.ts";
import { equitiesWords } from "./equities-fact-words.ts";
import { grouped, readableEvidence, readableMoney, readableMs, readablePercent, readableRate, signedMoney } from "./readable.ts";
import { groupWords } from "./group-fact-words.ts";
import { councilWords } from "./council-fact-words.ts";
import { optionsWords } from "./options-fact-words.ts";
import { cryptoWords } from "./crypto-fact-words.ts";
import { filled, planned, protection, resolved } from "./order-words.ts";
import { settlementWords } from "./settlement-words.ts";
import { spendWords } from "./spend-words.ts";

const labelWidth = 20;

/** One fact in, one line for people out: what happened in a column of its own, then a short sentence. */
export const factLine = (fact: Fact): string => `${fact.kind.replaceAll("_", " ").padEnd(labelWidth)}${oneLine(sentence(fact))}`.trimEnd();

function sentence(fact: Fact): string {
  switch (fact.kind) {
    case "opened":
      return `${fact.mode} on ${fact.venue} with ${readableMoney(fact.startCash)}, ${count(fact.instruments.length, "instrument")}, seed ${fact.seed}`;
    case "woke":
      return `${fact.trigger}, strategy ${fact.strategy}, equity ${readableMoney(fact.equity)}, ${count(fact.snapshot.assets.length, "asset")}${leftOut(fact.snapshot.leftOut)}`;
    case "model_asked":
      return `${fact.model} as ${fact.role} with ${fact.prompt}, question ${fact.questionHash.slice(0, 12)}`;
    case "model_answered":
      return answered(fact.answer);
    case "answer_normalised":
      return because(
        `${count(fact.count, "spelling")} beside ${fact.schema}`,
        fact.list.map(({ path, from, to }) => `${path} from ${from} to ${to}`).join(", "),
      );
    case "answer_reused":
      return `from ${fact.from}, ${readableMs(fact.ageMs)} old`;
    case "rate_limited":
      return `${count(fact.decisionsInMinute, "decision")} in a minute, at most ${fact.decisionsPerMinuteMax}`;
    case "fell_back":
      return because(fact.why, fact.detail);
    case "proposed":
      return proposed(fact.proposal);
    case "proposal_refused":
      return because(`${fact.proposal} on ${fact.instrument} refused by ${fact.code}`, readableEvidence(fact.evidence));
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
      return planned(fact.order) + replacing(fact.replaces);
    case "order_withheld":
      return `${fact.order} ${refusedBy(fact.refusal)}`;
    case "order_sent":
      return `${fact.order} ${placedWords(fact.outcome, because)}${replacing(fact.replaces)}`;
    case "cancel_planned":
      return because(fact.order, fact.why);
    case "cancel_answered":
      return `${fact.order} ${cancelledWords(fact.outcome, because)}`;
    case "order_accepted":
      return `${fact.order} is ${fact.venueOrder} at the venue`;
    case "order_found":
      return `${fact.order} is ${fact.state} in the venue's records`;
    case "order_absent":
      return `${fact.order} never arrived: not in the venue's records after ${readableMs(fact.waitedMs)}`;
    case "order_triggered":
      return fact.order;
    case "order_cancelled":
      return because(fact.order, fact.why);
    case "order_rejected":
      return because(`${fact.order} rejected for ${fact.reason}`, fact.detail);
    case "filled":
      return `${filled(fact.fill)}, ${fact.remaining === 0n ? "all of it" : `${grouped(fact.remaining)} left`}`;
    case "execution_repeated":
      return `${fact.execution} was booked before and is not booked again`;
    case "external_fill":
      return `${filled(fact.fill)}, not ours`;
    case "fill_busted":
      return `${fact.fill.execution} taken back: ${filled(fact.fill)}`;
    case "external_orders_seen":
      return fact.orders.length === 0
        ? "none any more"
        : fact.orders
            .map(({ venueOrder, side, instrument, notional }) => `${venueOrder} ${side} ${instrument} for ${readableMoney(notional)}`)
            .join(", ");
    case "protection_planned":
      return `${fact.plan.instrument}${protection(fact.plan.stopLoss, fact.plan.takeProfit) || " without stop or target"} for ${fact.plan.intent}`;
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
    case "dividend_paid":
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

const count = (of: number, what: string): string => `${of.toLocaleString("en-US")} ${what}${of === 1 ? "" : "s"}`;
const because = (what: string, why: string): string => (why === "" ? what : `${what}: ${shortened(why)}`);
const replacing = (id: string | undefined): string => (id === undefined ? "" : ` in place of ${id}`);
const pairs = (of: Readonly<Record<string, string | number>>): string =>
  Object.entries(of)
    .map(([name, value]) => `${name} ${value}`)
    .join(", ");

const proseMax = 160;
const shortened = (text: string): string => (text.length > proseMax ? `${text.slice(0, proseMax - 1).trimEnd()}…` : text);

const leftOut = (of: readonly { readonly instrument: string; readonly why: string }[]): string =>
  of.length === 0 ? "" : `, without ${of.map(({ instrument, why }) => `${instrument} (${why})`).join(", ")}`;

function answered(answer: ModelAnswer): string {
  const spent = `${readableMs(answer.latencyMs)}, ${answer.tokensIn.toLocaleString("en-US")} + ${answer.tokensOut.toLocaleString("en-US")} tokens, cost ${readableMoney(answer.cost)}`;
  return answer.outcome === "ok" ? `in ${spent}` : because(`${answer.outcome} after ${spent}`, answer.detail);
}

function proposed({ by, instrument, action, allocation, stopLoss, takeProfit, confidence, rationale, id }: Proposal): string {
  const size = allocation === 0n ? "" : ` ${readableMoney(allocation)}`;
  return because(
    `${action} ${instrument}${size}${protection(stopLoss, takeProfit)} by ${by.name}, ${readablePercent(confidence)} sure, ${id}`,
    rationale,
  );
}

function trims(verdicts: readonly Verdict[]): string {
  const trimmed = verdicts.filter(({ outcome }) => outcome === "trimmed").map(({ rail }) => rail);
  return trimmed.length === 0 ? "" : `, trimmed by ${trimmed.join(", ")}`;
}

function refusedBy(refusal: Extract<Verdict, { readonly outcome: "refused" }>): string {
  const reason = refusal.code.startsWith(refusal.rail) ? refusal.code : `${refusal.rail} (${refusal.code})`;
  return because(`refused by ${reason}`, readableEvidence(refusal));
}
