import type { Asset } from "./asset.ts";
import { worsened } from "./bar-path.ts";
import { trail } from "./enlist.ts";
import { take } from "./execution.ts";
import type { Exchange } from "./exchange.ts";
import { isImmediate, isLive, isPriced, passes, rests, type Working } from "./working.ts";

/** Whether the last price, rather than a mark that rules, sets off this order. */
export const watchesLast = (asset: Asset, order: Working): boolean => order.terms.triggerBy === "last" || !asset.markRules;

/** A price meets an order at one instant of a bar: the open, or the bar's path when the order arrives in between. Ticks may be fractional. */
export function meet(exchange: Exchange, asset: Asset, order: Working, ticks: number, atMs: number): void {
  if (order.conditional) {
    if (!watchesLast(asset, order)) return;
    if (passes(order, ticks)) fire(exchange, asset, order, ticks, atMs);
    else if (order.terms.type === "trailing_stop") trail(order, ticks, asset.instrument.tick);
    return;
  }
  if (isPriced(order)) meetLimit(exchange, asset, order, ticks, atMs);
  else takeWorsened(exchange, asset, order, ticks, atMs, exchange.settings.spreadBps / 2);
  if (isLive(order) && isImmediate(order)) exchange.cancel(order, order.terms.timeInForce === "fok" ? "fok" : "ioc", atMs);
}

function takeWorsened(exchange: Exchange, asset: Asset, order: Working, ticks: number, atMs: number, spreadBps: number): void {
  const price = worsened(asset, ticks, spreadBps + exchange.slippageBps(), order.buying);
  // A limit bounds what slippage may cost.
  const bounded = order.buying ? Math.min(price, order.limit) : Math.max(price, order.limit);
  take(exchange, asset, order, { ticks: isPriced(order) ? bounded : price, reference: ticks, liquidity: "taker", atMs });
}

/** Resting, it gets the better price of a gap through it; arriving, it takes what it crosses and rests with the remainder. */
function meetLimit(exchange: Exchange, asset: Asset, order: Working, ticks: number, atMs: number): void {
  if (rests(order)) {
    if (isReached(exchange, order, ticks)) take(exchange, asset, order, { ticks, reference: ticks, liquidity: "maker", atMs });
    return;
  }
  order.restsFrom = asset.event;
  if (crosses(exchange, asset, order, ticks)) takeWorsened(exchange, asset, order, ticks, atMs, exchange.settings.spreadBps / 2);
}

/** Whether an arriving limit can take: the other side stands half the spread from the bar's price. */
export function crosses(exchange: Exchange, asset: Asset, order: Working, ticks: number): boolean {
  const offered = worsened(asset, ticks, exchange.settings.spreadBps / 2, order.buying);
  return order.buying ? offered <= order.limit : offered >= order.limit;
}

/** Whether a price reaches a resting limit: traded through by a tick, or only touched where the settings say that this is enough. */
export function isReached(exchange: Exchange, order: Working, ticks: number): boolean {
  const through = exchange.settings.touchFills === true ? 0 : 1;
  return order.buying ? ticks <= order.limit - through : ticks >= order.limit + through;
}

/**
 * Sets off a stop at `ticks`, its trigger or a worse price behind a gap. The price that sets it off is a trade on the side that it
 * takes, so it pays slippage and no half spread. A stop-limit becomes a limit, which may take at once or rest.
 */
export function fire(exchange: Exchange, asset: Asset, order: Working, ticks: number, atMs: number): void {
  order.conditional = false;
  asset.nowMs = Math.max(asset.nowMs, atMs);
  exchange.delivery.report({ kind: "triggered", order: order.terms.id, at: exchange.instants.at(atMs) });
  order.restsFrom = asset.event;
  const crossed = !isPriced(order) || (order.buying ? ticks <= order.limit : ticks >= order.limit);
  if (crossed) takeWorsened(exchange, asset, order, ticks, atMs, 0);
  if (isLive(order) && isImmediate(order)) exchange.cancel(order, order.terms.timeInForce === "fok" ? "fok" : "ioc", atMs);
}
