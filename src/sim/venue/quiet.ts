import type { Asset } from "./asset.ts";
import type { Exchange } from "./exchange.ts";
import { standsClearlyAt } from "./margin.ts";
import { isReached } from "./meeting.ts";
import { isImmediate, isLive, isPriced, passes, rests, type Working } from "./working.ts";

/**
 * Whether nothing in the book can meet the bar that was taken, whatever its path: all that rests rested before, and its price lies
 * outside the whole range. Most bars of a position are so, and the phases then ask for margin alone.
 */
export function isQuiet(exchange: Exchange, asset: Asset): boolean {
  const lowest = Math.min(asset.low, asset.open);
  const highest = Math.max(asset.high, asset.open);
  for (const order of asset.orders) if (!isOutside(exchange, asset, order, asset.event, asset.openMs, lowest, highest)) return false;
  return true;
}

/**
 * Whether a bar that is about to begin can touch nothing of ours: no order, and no margin by as much as doubles can be wrong. It may say
 * no too often, and then the bar is played phase by phase.
 */
export function passesBy(
  exchange: Exchange,
  asset: Asset,
  openMs: number,
  lengthMs: number,
  open: number,
  high: number,
  low: number,
): boolean {
  const lowest = low < open ? low : open;
  const highest = high > open ? high : open;
  if (asset.held !== 0 && asset.perpetual !== undefined) {
    if (asset.halted || asset.markMs + lengthMs > openMs) return false;
    if (!standsClearlyAt(exchange.books, asset, asset.held > 0 ? lowest : highest)) return false;
  }
  for (const order of asset.orders)
    if (asset.halted || !isOutside(exchange, asset, order, asset.event + 1, openMs, lowest, highest)) return false;
  return true;
}

function isOutside(
  exchange: Exchange,
  asset: Asset,
  order: Working,
  event: number,
  openMs: number,
  lowest: number,
  highest: number,
): boolean {
  if (!isLive(order) || order.fromEvent > event || order.arrivesMs > openMs) return false;
  if (order.conditional) {
    const { type, triggerBy } = order.terms;
    return type !== "trailing_stop" && triggerBy === "last" && !passes(order, order.buying ? highest : lowest);
  }
  // What may not wait ends at its first open, reached or not.
  if (isImmediate(order)) return false;
  return rests(order) && order.restsFrom < event && isPriced(order) && !isReached(exchange, order, order.buying ? lowest : highest);
}
