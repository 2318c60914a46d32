import { approveByPerson, approveByRule, bindingOf, isApproved, type Approved } from "../flow/approval/approve.ts";
import { orderFor } from "../flow/orders/make-order.ts";
import { orderIdOf } from "../flow/orders/order-id.ts";
import type { ProtectionPlan } from "../flow/portfolio/standing.ts";
import { judge, refused } from "../flow/rails/judge.ts";
import type { Refused } from "../flow/rails/verdict.ts";
import type { Intent } from "../flow/resolution/intent.ts";
import { size, tooSmall, type Sized } from "../flow/sizing/size.ts";
import { intentId, type CorrelationId, type InstrumentId, type IntentId } from "../words/ids.ts";
import { magnitude } from "../words/quantity.ts";
import { opposite } from "../words/side.ts";
import { candidateAs, candidateFor, sceneOf } from "./candidate-for.ts";
import { approve, place, record, type Line, type PlaceReply } from "./line.ts";
import { protect } from "./protect.ts";
import { railsOf, type Turn } from "./turn.ts";

/** What became of an intent; with the stand-downs and refusals before it, these are the outcomes that a scan counts (LINE-4). */
export type Outcome = "ordered" | "rejected" | "unknown" | "withheld" | "refused" | "too_small" | "declined" | "reprotected";

/** The one way from an intent to a venue: rails, size, approval, order. Every desk goes through here and nothing else places an order. */
export function* countersign(turn: Turn, intent: Intent): Line<Outcome> {
  const { correlation } = turn;
  if (intent.aim === "reprotect") return yield* reprotect(turn, intent);

  const candidate = candidateFor(intent, intent.aim, turn);
  // Less than one lot is no order that a rail could judge; without a price the rails say what is missing.
  if (candidate.quantity === 0n && candidate.price > 0n && intent.wanted.by === "notional" && intent.wanted.notional > 0n) {
    yield record({ kind: "sized_to_nothing", intent: intent.id, method: "allocation", why: "below_one_lot" }, correlation);
    return "too_small";
  }
  const verdict = judge(sceneOf(turn, candidate, "proposal"), railsOf(turn.rules));
  if (refused(verdict)) {
    const { refusal, verdicts } = verdict;
    yield record({ kind: "refused", intent: intent.id, instrument: intent.instrument, refusal, verdicts }, correlation);
    yield* latchRepeated(turn, refusal);
    return "refused";
  }
  yield record({ kind: "passed", intent: intent.id, notionalMax: verdict.notionalMax, verdicts: verdict.verdicts }, correlation);

  const sized = size(verdict, intent);
  if (tooSmall(sized)) {
    yield record({ kind: "sized_to_nothing", intent: intent.id, method: sized.method, why: sized.why }, correlation);
    return "too_small";
  }
  const { method, quantity, notional, arithmetic } = sized;
  yield record({ kind: "sized", intent: intent.id, method, quantity, notional, arithmetic }, correlation);

  // Below the threshold the rule says yes.
  const byRule = approveByRule(sized, turn.rules.approval);
  if (byRule !== undefined) yield record({ kind: "approved", intent: intent.id, by: byRule.by }, correlation);
  const approved = byRule ?? (yield* approval(turn, intent, sized));
  if (typeof approved === "string") return approved;

  const order = orderFor(approved, intent, turn.account, turn.rules.protectBy === "bracket");
  const { stopLoss, takeProfit } = candidate;
  // Without a level there is nothing to plan: a position's levels are in its candidate already.
  if (order.purpose === "entry" && (stopLoss !== undefined || takeProfit !== undefined)) {
    const plan = { instrument: order.instrument, intent: intent.id, correlation, stopLoss, takeProfit };
    yield record({ kind: "protection_planned", plan }, correlation);
  }
  yield record({ kind: "order_planned", order }, correlation);
  const reply = (yield place(order, candidateAs(candidate, undefined, quantity, notional))) as PlaceReply;
  if ("withheld" in reply) {
    yield record({ kind: "order_withheld", order: order.id, refusal: reply.withheld }, correlation);
    yield* latchRepeated(turn, reply.withheld);
    if (order.purpose === "entry") yield* protectOrClose(turn, order.instrument);
    return "withheld";
  }
  yield record({ kind: "order_sent", order: order.id, outcome: reply.outcome }, correlation);
  // Its levels were planned for the whole position: what is held already gets them all the same.
  if (reply.outcome.kind === "rejected" && order.purpose === "entry") yield* protectOrClose(turn, order.instrument);
  return ({ accepted: "ordered", rejected: "rejected", unknown: "unknown" } as const)[reply.outcome.kind];
}

/** Above the threshold a person says yes, to exactly what was shown, and the rails look again when the yes comes. */
function* approval(turn: Turn, intent: Intent, sized: Sized): Line<Approved | "declined" | "refused"> {
  const { correlation, rules } = turn;
  const binding = bindingOf(sized, intent);
  const expiresAt = turn.now.add({ seconds: rules.approval.secondsMax });
  yield record({ kind: "approval_asked", intent: intent.id, binding, expiresAt }, correlation);
  const answer = approveByPerson(sized, intent, yield* approve(intent.id, binding, expiresAt));
  if (!isApproved(answer)) {
    yield record({ kind: "declined", intent: intent.id, by: answer.by, why: answer.why }, correlation);
    return "declined";
  }
  yield record({ kind: "approved", intent: intent.id, by: answer.by }, correlation);
  const { candidate } = sized.passed;
  const again = judge(sceneOf(turn, candidateAs(candidate, undefined, sized.quantity, sized.notional), "release"), railsOf(turn.rules));
  if (!refused(again)) return answer;
  yield record(
    { kind: "refused", intent: intent.id, instrument: intent.instrument, refusal: again.refusal, verdicts: again.verdicts },
    correlation,
  );
  yield* latchRepeated(turn, again.refusal);
  return "refused";
}

/** What only a person may lift is latched at once, so that neither the end of the hour nor a restart lifts it. */
function* latchRepeated({ state, now, correlation }: Turn, { code, measured }: Refused["refusal"]): Line {
  if (code !== "repeated_execution" || state.latches.some(({ name }) => name === code)) return;
  const reason = `${measured} entries filled within the hour`;
  yield record({ kind: "latched", latch: { name: code, level: "none", by: "rails", reason, latchedAt: now } }, correlation);
}

function* reprotect(turn: Turn, intent: Intent): Line<Outcome> {
  const before = turn.state.protection(intent.instrument);
  const stopLoss = intent.stopLoss ?? before?.stopLoss;
  const takeProfit = intent.takeProfit ?? before?.takeProfit;
  const plan = {
    instrument: intent.instrument,
    intent: intent.id,
    correlation: turn.correlation,
    stopLoss,
    takeProfit,
  };
  yield record({ kind: "protection_planned", plan }, turn.correlation);
  const done = yield* protect(turn, intent.instrument);
  if (done === "unprotected") yield* closePosition(turn, intent.instrument, intent.id, turn.correlation);
  if (done === "refused") yield record({ kind: "protection_planned", plan: asItRests(turn, plan) }, turn.correlation);
  return done === "refused" || done === "unprotected" ? "refused" : "reprotected";
}

/** A level that was not taken is no plan: the next proposal must see what guards the position, or it would call the change done. */
function asItRests({ state }: Turn, { instrument, intent, correlation }: ProtectionPlan): ProtectionPlan {
  const resting = state.openOrders.filter((order) => order.instrument === instrument);
  const stopLoss = resting.find(({ purpose }) => purpose === "stop_loss")?.stop;
  const takeProfit = resting.find(({ purpose }) => purpose === "take_profit")?.limit;
  return { instrument, intent, correlation, stopLoss, takeProfit };
}

/** Protects what moved; a position whose stop is not taken is closed, since a stop that is not at the venue is not a stop. */
export function* protectOrClose(turn: Turn, instrument: InstrumentId): Line {
  const plan = turn.state.protection(instrument);
  const done = yield* protect(turn, instrument);
  if (done === "unprotected" && plan !== undefined) yield* closePosition(turn, instrument, plan.intent, plan.correlation);
}

/** A close of the whole position that no model asked for: an unprotected position, or a flatten. It belongs to the decision that caused it, and waits for a close under way. */
export function* closePosition(turn: Turn, instrument: InstrumentId, because: IntentId, correlation: CorrelationId): Line {
  const position = turn.state.position(instrument);
  if (position === undefined) return;
  if (turn.state.openOrders.some((order) => order.instrument === instrument && order.purpose === "close")) return;
  const intent: Intent = {
    id: closingId(turn, because),
    correlation,
    proposals: [],
    instrument,
    aim: "close",
    side: opposite[position.quantity > 0n ? "buy" : "sell"],
    wanted: { by: "quantity", quantity: magnitude(position.quantity) },
    confidence: 1,
  };
  yield record({ kind: "resolved", intent }, correlation);
  yield* countersign({ ...turn, correlation }, intent);
}

/** Each attempt has a name of its own, since the last one's order may still be out. */
function closingId({ state }: Turn, because: IntentId): IntentId {
  let attempt = 0;
  while (state.knowsOrder(orderIdOf(intentId(`${because}.x${attempt}`), "close", 0))) attempt++;
  return intentId(`${because}.x${attempt}`);
}
