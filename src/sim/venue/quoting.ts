import { instantOfMs } from "../../words/instant.ts";
import { priceOfTicks } from "../../words/price.ts";
import type { Asset } from "./asset.ts";
import { uncrossesNow } from "./auction.ts";
import { trail } from "./enlist.ts";
import { take } from "./execution.ts";
import type { Exchange } from "./exchange.ts";
import { liquidateAt } from "./liquidation.ts";
import { standsAt } from "./margin.ts";
import { watchesLast } from "./meeting.ts";
import { isImmediate, isLive, isPriced, passes, rests, type Working } from "./working.ts";

export function takeQuote(asset: Asset, bid: number, ask: number, bidSize: number, askSize: number, atMs: number): void {
  asset.openMs = atMs;
  asset.closeMs = atMs;
  asset.nowMs = atMs;
  asset.lengthMs = 1;
  asset.last = Math.floor((bid + ask) / 2);
  asset.lastMs = atMs;
  asset.event += 1;
  asset.inBar = false;
  asset.quoted = true;
  asset.bid = bid;
  asset.ask = ask;
  asset.bidSize = bidSize;
  asset.askSize = askSize;
  asset.bought = 0;
  asset.sold = 0;
}

/**
 * A quote meets every order that has arrived: what takes, takes at the quote within its size; a resting limit that the other side has
 * come to fills at its own price. The quote brings its spread, so there is no slippage beside it.
 */
export function quotingPhase(exchange: Exchange, asset: Asset, bid: number, ask: number, atMs: number): void {
  if (asset.halted && !uncrossesNow(asset)) return;
  const may = (order: Working): boolean => isLive(order) && order.fromEvent <= asset.event && order.arrivesMs <= atMs;
  for (const order of asset.orders) if (may(order) && !rests(order)) face(exchange, asset, order, order.buying ? ask : bid, atMs);
  for (const order of asset.orders)
    if (may(order) && order.restsFrom < asset.event) face(exchange, asset, order, order.buying ? ask : bid, atMs);
  if (asset.held === 0 || asset.perpetual === undefined || asset.markRules) return;
  const closing = asset.held > 0 ? bid : ask;
  const price = priceOfTicks(closing, asset.instrument.tick);
  if (!standsAt(exchange.books, asset, price)) liquidateAt(exchange, asset, closing, atMs);
}

function face(exchange: Exchange, asset: Asset, order: Working, near: number, atMs: number): void {
  if (order.conditional) {
    if (!watchesLast(asset, order)) return;
    if (!passes(order, near)) {
      if (order.terms.type === "trailing_stop") trail(order, near, asset.instrument.tick);
      return;
    }
    order.conditional = false;
    exchange.delivery.report({ kind: "triggered", order: order.terms.id, at: instantOfMs(atMs) });
  }
  if (!isPriced(order)) take(exchange, asset, order, { ticks: near, reference: asset.last, liquidity: "taker", atMs });
  else if (order.buying ? near <= order.limit : near >= order.limit) {
    const maker = rests(order);
    take(exchange, asset, order, { ticks: maker ? order.limit : near, reference: asset.last, liquidity: maker ? "maker" : "taker", atMs });
  }
  if (isPriced(order)) order.restsFrom = Math.min(order.restsFrom, asset.event);
  if (isLive(order) && isImmediate(order)) exchange.cancel(order, order.terms.timeInForce === "fok" ? "fok" : "ioc", atMs);
}
