import type { Order } from "../../flow/orders/order.ts";
import type { CancelOutcome, PlaceOutcome } from "../../ports/venue.ts";
import type { ClientOrderId, InstrumentId } from "../../words/ids.ts";
import { zeroQuantity } from "../../words/quantity.ts";
import { rejectionOf } from "./admission.ts";
import type { Asset } from "./asset.ts";
import { stopLegId, takePlace, targetLegId } from "./brackets.ts";
import { enlistCombo } from "./combo-desk.ts";
import { endCombo } from "./combo-matching.ts";
import { isOpen } from "./combo.ts";
import { enlist } from "./enlist.ts";
import type { Exchange } from "./exchange.ts";
import type { Rejection } from "./terms-checks.ts";
import { isLive, type Group, type Working } from "./working.ts";

/** Within a bar the instrument's own clock is ahead of the account's by what its fills have shown. */
export const decisionMs = (exchange: Exchange, asset: Asset | undefined): number =>
  asset?.inBar === true ? Math.max(exchange.nowMs, asset.nowMs) : exchange.nowMs;

function reject(exchange: Exchange, order: Order, { reason, detail }: Rejection, atMs: number): PlaceOutcome {
  if (!exchange.knowsId(order.id)) {
    exchange.rejected.set(order.id, {
      id: order.id,
      venueOrder: exchange.nextVenueOrder(),
      instrument: order.instrument,
      side: order.side,
      state: "rejected",
      quantity: order.quantity,
      filled: zeroQuantity,
      ...(order.limit === undefined ? {} : { limit: order.limit }),
      ...(order.stop === undefined ? {} : { stop: order.stop }),
      conditional: false,
    });
  }
  return { kind: "rejected", reason, detail, at: exchange.instants.at(atMs) };
}

export const placeOrder = (exchange: Exchange, order: Order): PlaceOutcome =>
  order.legs === undefined ? submit(exchange, order, undefined) : submitCombo(exchange, order);

function submitCombo(exchange: Exchange, order: Order): PlaceOutcome {
  const atMs = decisionMs(exchange, undefined);
  if (exchange.knowsId(order.id)) return reject(exchange, order, { reason: "duplicate_id", detail: `${order.id} was used before` }, atMs);
  const enlisted = enlistCombo(exchange, order, atMs);
  if ("reason" in enlisted) return reject(exchange, order, enlisted, atMs);
  const { venueOrder } = enlisted;
  const at = exchange.instants.at(atMs);
  if (exchange.settings.acknowledges === true) exchange.delivery.report({ kind: "accepted", order: order.id, venueOrder, at });
  return { kind: "accepted", venueOrder, at };
}

/** The new order counts as given: what the old one had filled is not taken off it. */
export function replaceOrder(exchange: Exchange, id: ClientOrderId, order: Order): PlaceOutcome {
  const old = exchange.orders.get(id);
  const asset = exchange.assetOf(order.instrument);
  const atMs = decisionMs(exchange, asset);
  const refused = (detail: string): PlaceOutcome => reject(exchange, order, { reason: "other", detail }, atMs);
  if (!exchange.able.replace) return refused("this venue replaces no orders");
  if (order.legs !== undefined || exchange.comboOf.has(id)) return refused("an order over several contracts is cancelled and placed anew");
  if (old === undefined) return refused(`there is no order ${id}`);
  if (!isLive(old)) return refused(`order ${id} is ${old.state}`);
  if (old.terms.instrument !== order.instrument) return refused(`order ${id} is in ${old.terms.instrument}`);
  return submit(exchange, order, old);
}

function submit(exchange: Exchange, order: Order, replaces: Working | undefined): PlaceOutcome {
  const asset = exchange.assetOf(order.instrument);
  const atMs = decisionMs(exchange, asset);
  if (exchange.knowsId(order.id)) return reject(exchange, order, { reason: "duplicate_id", detail: `${order.id} was used before` }, atMs);
  if (asset === undefined)
    return reject(exchange, order, { reason: "unknown_instrument", detail: `${order.instrument} is not traded here` }, atMs);
  const group = order.oco === undefined ? replaces?.group : groupOf(exchange, order.oco);
  const rejected = rejectionOf({ exchange, asset, terms: order, group, replaces });
  if (rejected !== undefined) return reject(exchange, order, rejected, atMs);
  if (replaces !== undefined) exchange.cancel(replaces, "replaced", atMs);
  const when = { decidedMs: atMs, arrivesMs: atMs + exchange.settings.latencyMs, group, entry: replaces?.entry };
  const working = enlist(exchange, asset, order, when);
  if (replaces !== undefined) takePlace(replaces, working);
  if (order.bracket !== undefined) {
    exchange.legIds.add(stopLegId(order.id));
    exchange.legIds.add(targetLegId(order.id));
  }
  const { venueOrder } = working;
  const at = exchange.instants.at(atMs);
  if (exchange.settings.acknowledges === true) exchange.delivery.report({ kind: "accepted", order: order.id, venueOrder, at });
  return { kind: "accepted", venueOrder, at };
}

function groupOf(exchange: Exchange, name: string): Group {
  const known = exchange.groups.get(name);
  if (known !== undefined) return known;
  const group: Group = { members: [] };
  exchange.groups.set(name, group);
  return group;
}

/** An id that was never placed gets no answer that could be taken for an end: `find` says that it is absent. */
export function cancelOrder(exchange: Exchange, id: ClientOrderId, instrument: InstrumentId): CancelOutcome {
  const order = exchange.orders.get(id);
  const atMs = decisionMs(exchange, exchange.assetOf(instrument));
  const at = exchange.instants.at(atMs);
  const combo = exchange.comboOf.get(id);
  if (combo !== undefined && combo.terms.instrument === instrument) {
    if (!isOpen(combo)) return { kind: "too_late", state: combo.state, at };
    endCombo(exchange, combo, "asked", atMs);
    return { kind: "cancelled", at };
  }
  if (order === undefined || order.terms.instrument !== instrument)
    return exchange.rejected.get(id)?.instrument === instrument
      ? { kind: "too_late", state: "rejected", at }
      : { kind: "unknown", detail: `there is no order ${id} in ${instrument}`, at };
  if (!isLive(order)) return { kind: "too_late", state: order.state, at };
  exchange.cancel(order, "asked", atMs);
  return { kind: "cancelled", at };
}

/** Day orders of the instrument expire. */
export function expireDay(exchange: Exchange, asset: Asset): void {
  for (const order of asset.orders)
    if (order.terms.timeInForce === "day" && isLive(order)) exchange.cancel(order, "expired", exchange.nowMs);
  for (const combo of exchange.combos)
    if (combo.terms.timeInForce === "day" && combo.terms.instrument === asset.instrument.id)
      endCombo(exchange, combo, "expired", exchange.nowMs);
}

/** The venue ends an order by itself; false when there is none to end. */
export function withdrawOrder(exchange: Exchange, id: ClientOrderId): boolean {
  const order = exchange.orders.get(id);
  if (order === undefined || !isLive(order)) return false;
  exchange.cancel(order, "venue", decisionMs(exchange, exchange.assetAt(order.index)));
  return true;
}
