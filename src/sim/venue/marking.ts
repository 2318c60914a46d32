import { instantOfMs } from "../../words/instant.ts";
import { divideUnits, exactOne } from "../../words/exact.ts";
import { invariant } from "../../words/invariant.ts";
import { moneyOfUnits, negate, plus } from "../../words/money.ts";
import type { Rate } from "../../words/rate.ts";
import type { Asset } from "./asset.ts";
import { pathPrice } from "./bar-path.ts";
import { trail } from "./enlist.ts";
import type { Exchange } from "./exchange.ts";
import { liquidateBroken } from "./liquidation.ts";
import { standsAt } from "./margin.ts";
import { fire } from "./meeting.ts";
import { isLive, passes, protects, type Working } from "./working.ts";

/** A mark came: it sets off the stops that watch it, moves the trails, and makes the margin call. */
export function marked(exchange: Exchange, asset: Asset, atMs: number): void {
  if (asset.halted || !asset.markRules) return;
  for (const order of asset.orders) if (watches(asset, order, atMs)) follow(exchange, asset, order, atMs);
  settleMargin(exchange, asset, atMs);
}

const watches = (asset: Asset, order: Working, atMs: number): boolean =>
  isLive(order) &&
  order.conditional &&
  order.terms.triggerBy === "mark" &&
  order.arrivesMs <= atMs &&
  (!asset.inBar || order.fromEvent <= asset.event || protects(order));

function follow(exchange: Exchange, asset: Asset, order: Working, atMs: number): void {
  if (!passes(order, asset.markTicks)) {
    if (order.terms.type === "trailing_stop") trail(order, asset.markTicks, asset.instrument.tick);
    return;
  }
  if (asset.inBar && atMs < asset.closeMs) {
    const at = Math.max(atMs, asset.nowMs);
    fire(exchange, asset, order, pathPrice(asset, at), at);
    return;
  }
  // Between bars there is nothing to trade with: what was set off meets the next open.
  order.conditional = false;
  exchange.delivery.report({ kind: "triggered", order: order.terms.id, at: instantOfMs(atMs) });
}

function settleMargin(exchange: Exchange, asset: Asset, atMs: number): void {
  if (asset.held === 0 || asset.perpetual === undefined || asset.halted) return;
  if (!standsAt(exchange.books, asset, asset.mark)) liquidateBroken(exchange, asset, atMs);
}

/** Longs pay shorts when the rate is above zero: −rate × mark × signed size, rounded once, half to even at 10^-12. */
export function fundPosition(exchange: Exchange, asset: Asset, rate: Rate, atMs: number): void {
  invariant(asset.perpetual !== undefined, "only perpetuals pay funding");
  if (asset.held === 0) return;
  const holding = exchange.books.holding(asset);
  const price = asset.mark;
  const paidByLongs = rate * price * holding.quantity * asset.instrument.multiplier;
  const amount = negate(moneyOfUnits(divideUnits(paidByLongs, exactOne ** 3n, "half_even")));
  exchange.books.receive(amount);
  // An isolated position pays out of, and is paid into, its own margin.
  if (exchange.books.isolated) holding.margin = plus(holding.margin, amount);
  const transaction = exchange.nextTransaction();
  exchange.paid({ kind: "funding", transaction, instrument: asset.instrument.id, rate, price, amount, at: instantOfMs(atMs) });
  settleMargin(exchange, asset, atMs);
}
