import { orderIdOf } from "../flow/orders/order-id.ts";
import { protectiveOrder } from "../flow/orders/make-order.ts";
import type { OpenOrder, ProtectionPlan } from "../flow/portfolio/standing.ts";
import { protectiveGaps, type ProtectiveGap } from "../flow/protection/gaps.ts";
import type { Candidate } from "../flow/rails/candidate.ts";
import { judge, refused } from "../flow/rails/judge.ts";
import type { ClientOrderId, InstrumentId, IntentId } from "../words/ids.ts";
import { notional } from "../words/money.ts";
import { quantityMinus, type Quantity } from "../words/quantity.ts";
import { sceneOf } from "./candidate-for.ts";
import { cancel, place, record, type Line, type PlaceReply } from "./line.ts";
import { railsOf, type Turn } from "./turn.ts";

/** `unprotected`: the venue or a rail will not take the stop of a position that has none. The caller closes it. */
export type Protected = "in_order" | "changed" | "refused" | "unprotected";
type Setting = Extract<ProtectiveGap, { readonly do: "place" | "replace" }>;

/**
 * Brings the protective orders of one instrument to what its plan says, through the rails like everything else. It asks no model.
 */
export function* protect(turn: Turn, instrument: InstrumentId): Line<Protected> {
  const { state } = turn;
  const plan = state.protection(instrument);
  const open = state.openOrders.filter((order) => order.instrument === instrument);
  const gaps = protectiveGaps(state.position(instrument), plan, open);
  if (gaps.length === 0) return "in_order";

  let done: Protected = "changed";
  for (const gap of gaps) {
    if (gap.do === "cancel") {
      const correlation = state.order(gap.old)?.correlation;
      yield record({ kind: "cancel_planned", order: gap.old, why: gap.why }, correlation);
      yield record({ kind: "cancel_answered", order: gap.old, outcome: yield* cancel(gap.old, instrument) }, correlation);
      continue;
    }
    if (plan === undefined) continue;
    const set = yield* setLeg(turn, instrument, plan, gap);
    if (set === "taken") continue;
    done = "refused";
    if (gap.leg === "stop" && !covers(gap.do === "replace" ? state.openOrder(gap.old) : undefined, gap.quantity)) return "unprotected";
  }
  return done;
}

/** Whether the stop that stays when its replacement is not taken guards the whole position. */
const covers = (old: OpenOrder | undefined, quantity: Quantity): boolean =>
  old !== undefined && quantityMinus(old.quantity, old.filled) >= quantity;

function* setLeg(turn: Turn, id: InstrumentId, plan: ProtectionPlan, gap: Setting): Line<"taken" | "not_taken"> {
  const { state } = turn;
  const instrument = state.instrument(id);
  const candidate: Candidate = {
    intent: plan.intent,
    instrument,
    side: gap.side,
    purpose: gap.leg === "stop" ? "stop_loss" : "take_profit",
    type: gap.leg === "stop" ? "stop" : "limit",
    reduceOnly: true,
    quantity: gap.quantity,
    price: gap.level,
    notional: notional(gap.level, gap.quantity, instrument.multiplier, "up"),
    stopLoss: undefined,
    takeProfit: undefined,
    order: undefined,
    replaces: gap.do === "replace" ? gap.old : undefined,
  };
  // Never trimmed: half a stop is no stop, so a first placement is judged as strictly as a replacement.
  const verdict = judge(sceneOf(turn, candidate, gap.do === "replace" ? "replace" : "release"), railsOf(turn.rules));
  if (refused(verdict)) {
    yield record(
      { kind: "refused", intent: plan.intent, instrument: id, refusal: verdict.refusal, verdicts: verdict.verdicts },
      plan.correlation,
    );
    return "not_taken";
  }
  const order = protectiveOrder(verdict, plan, turn.account, nextId(turn, plan.intent, gap.leg));
  const replaces = gap.do === "replace" ? gap.old : undefined;
  yield record({ kind: "order_planned", order, ...(replaces === undefined ? {} : { replaces }) }, plan.correlation);
  const reply = (yield place(order, candidate, replaces)) as PlaceReply;
  if ("withheld" in reply) {
    yield record({ kind: "order_withheld", order: order.id, refusal: reply.withheld }, plan.correlation);
    return "not_taken";
  }
  const { outcome } = reply;
  yield record({ kind: "order_sent", order: order.id, outcome, ...(replaces === undefined ? {} : { replaces }) }, plan.correlation);
  return outcome.kind === "rejected" ? "not_taken" : "taken";
}

/** The id of the first epoch of this leg that no order has used: a replacement is a new order with a new name. */
function nextId({ state }: Turn, intent: IntentId, leg: "stop" | "target"): ClientOrderId {
  for (let epoch = 0; ; epoch++) {
    const id = orderIdOf(intent, leg, epoch);
    if (!state.knowsOrder(id)) return id;
  }
}
