import { finished } from "../../flow/orders/lifecycle.ts";
import type { AccountState } from "../../journal/account-state.ts";
import type { Entry } from "../../journal/entry.ts";
import type { VenueOrder } from "../../ports/venue.ts";
import type { SimVenue } from "../../sim/venue/sim-venue.ts";
import { moneyMoved } from "../../runtime/money-moved.ts";
import type { ClientOrderId, InstrumentId, IntentId } from "../../words/ids.ts";
import type { Instrument } from "../../words/instrument.ts";
import { formatExact } from "../../words/exact.ts";
import { magnitude, quantityMinus } from "../../words/quantity.ts";
import type { Breach } from "./wire-watch.ts";

export type Rest = { readonly state: AccountState; readonly truth: SimVenue; readonly entries: readonly Entry[] };
type Say = (invariant: string, what: string) => void;

/** What must be so once the faults are over and everything has been told: our books are the venue's, to the last unit. */
export function* atRest(rest: Rest): Generator<Breach> {
  const found: Breach[] = [];
  const say: Say = (invariant, what) => found.push({ invariant, what });
  equalBooks(rest, say);
  equalOrders(rest, say);
  protectedOnce(rest, say);
  noExcess(rest, say);
  approvedOnce(rest, say);
  yield* found;
}

/** I2, I11: positions and cash are equal, and every execution is booked once. */
function equalBooks({ state, truth, entries }: Rest, say: Say): void {
  const theirs = new Map(truth.positions().map(({ instrument, quantity }) => [instrument, quantity]));
  for (const { instrument, quantity } of state.positions) {
    const held = theirs.get(instrument) ?? 0n;
    if (held !== quantity) say("I2", `${instrument}: ${formatExact(quantity)} in our books, ${formatExact(held)} at the venue`);
    theirs.delete(instrument);
  }
  for (const [instrument, quantity] of theirs) say("I2", `${instrument}: nothing in our books, ${formatExact(quantity)} at the venue`);
  const instrument = (id: InstrumentId): Instrument => state.instrument(id);
  const ours = moneyMoved(state.wallet, state.positions, instrument);
  const venues = moneyMoved(truth.balance().cash, truth.positions(), instrument);
  if (ours !== venues) say("I2", `${formatExact(ours)} was moved in our books, ${formatExact(venues)} at the venue`);
  const booked = new Map<string, number>();
  for (const { fact } of entries)
    if (fact.kind === "filled" || fact.kind === "external_fill")
      booked.set(fact.fill.execution, (booked.get(fact.fill.execution) ?? 0) + 1);
  for (const [execution, times] of booked) if (times > 1) say("I2", `execution ${execution} is booked ${times} times`);
  for (const { execution } of truth.executions(Temporal.Instant.fromEpochMilliseconds(0)))
    if (!booked.has(execution)) say("I2", `execution ${execution} is not in our books`);
}

/** I2, I9: what is open here is open there, and nothing else is; no order is still UNKNOWN. */
function equalOrders({ state, truth, entries }: Rest, say: Say): void {
  const live = new Set([...truth.openOrders(), ...truth.conditionalOrders()].map(({ id }) => id));
  for (const { id, state: is } of state.openOrders) {
    if (is === "lost" || is === "planned") say("I11", `${id} is still without an answer`);
    else if (!live.delete(id)) say("I2", `${id} is ${is} in our books only`);
  }
  for (const id of live) say(state.knowsOrder(id) ? "I9" : "I2", `${id} is open at the venue only`);
  for (const { fact } of entries) {
    if (fact.kind !== "order_absent") continue;
    const terms = state.order(fact.order);
    const found = terms === undefined ? "absent" : truth.find(fact.order, terms.instrument);
    if (found !== "absent" && found.state !== "rejected" && !wasCancelledUnfilled(found))
      say("I9", `${fact.order} was taken for never arrived, and is ${found.state}`);
  }
}

/** It did arrive, after all patience, and did nothing: a late arrival that the venue or a cancel ended. */
const wasCancelledUnfilled = ({ state, filled }: VenueOrder): boolean => finished(state) && filled === 0n;

/** I13: a position that has a plan has its stop at the venue once and of its size; what has no position has no order that could open one. */
function protectedOnce({ state, truth }: Rest, say: Say): void {
  if (state.killLevel === "K3" || state.killLevel === "K4") return;
  for (const { instrument, quantity } of state.positions) {
    const stop = state.protection(instrument)?.stopLoss;
    if (stop === undefined) continue;
    const stops = [...truth.conditionalOrders(), ...truth.openOrders()].filter(
      (order) => order.instrument === instrument && order.stop === stop,
    );
    const size = stops.reduce((sum, order) => sum + quantityMinus(order.quantity, order.filled), 0n);
    const closing = state.openOrders.some((order) => order.instrument === instrument && order.purpose === "close");
    if (stops.length !== 1 && !closing) say("I13", `${instrument} has ${stops.length} stops at ${formatExact(stop)}`);
    else if (size !== magnitude(quantity) && !closing)
      say("I13", `${instrument} of ${formatExact(quantity)} has a stop of ${formatExact(size)}`);
  }
}

/** I1: of each entry no more was filled or can still fill than was sized and approved. */
function noExcess({ truth, entries }: Rest, say: Say): void {
  const approved = new Map<IntentId, bigint>();
  for (const { fact } of entries) if (fact.kind === "sized") approved.set(fact.intent, fact.quantity);
  const used = new Map<IntentId, bigint>();
  const seen = new Set<ClientOrderId>();
  for (const { fact } of entries) {
    if (fact.kind !== "order_planned" || fact.order.purpose !== "entry" || seen.has(fact.order.id)) continue;
    const { id, intent, instrument } = fact.order;
    seen.add(id);
    const found = truth.find(id, instrument);
    if (found === "absent") continue;
    used.set(intent, (used.get(intent) ?? 0n) + (finished(found.state) ? found.filled : found.quantity));
  }
  for (const [intent, quantity] of used)
    if (quantity > (approved.get(intent) ?? 0n))
      say("I1", `${intent} was sized ${formatExact(approved.get(intent) ?? 0n)} and came to ${formatExact(quantity)}`);
}

/** I6: whatever left for an intent had its yes before, once. A close that a crash cut off before its order is resolved and approved anew. */
function approvedOnce({ entries }: Rest, say: Say): void {
  const yes = new Map<IntentId, number>();
  const ordered = new Set<IntentId>();
  for (const { fact } of entries) {
    if (fact.kind === "resolved" && !ordered.has(fact.intent.id)) yes.delete(fact.intent.id);
    if (fact.kind === "order_planned") ordered.add(fact.order.intent);
    if (fact.kind === "approved") yes.set(fact.intent, (yes.get(fact.intent) ?? 0) + 1);
    if (fact.kind !== "order_planned" || fact.order.purpose === "stop_loss" || fact.order.purpose === "take_profit") continue;
    const times = yes.get(fact.order.intent) ?? 0;
    if (times !== 1) say("I6", `${fact.order.id} left with ${times} approvals`);
  }
}
