import type { Asset } from "./asset.ts";
import type { Exchange } from "./exchange.ts";
import { isReached } from "./meeting.ts";
import { isImmediate, isLive, isPriced, passes, rests, type Working } from "./working.ts";

/**
 * Whether nothing in the book can meet this bar, whatever its path: all that rests rested before, and its price lies outside the
 * whole range. Most bars of a position are so, and the phases then ask for margin alone.
 */
export function isQuiet(exchange: Exchange, asset: Asset): boolean {
  const lowest = Math.min(asset.low, asset.open);
  const highest = Math.max(asset.high, asset.open);
  for (const order of asset.orders) if (!isOutside(exchange, asset, order, lowest, highest)) return false;
  return true;
}

function isOutside(exchange: Exchange, asset: Asset, order: Working, lowest: number, highest: number): boolean {
  if (!isLive(order) || order.fromEvent > asset.event || order.arrivesMs > asset.openMs) return false;
  if (order.conditional) {
    const { type, triggerBy } = order.terms;
    return type !== "trailing_stop" && triggerBy === "last" && !passes(order, order.buying ? highest : lowest);
  }
  // What may not wait ends at its first open, reached or not.
  if (isImmediate(order)) return false;
  return rests(order) && order.restsFrom < asset.event && isPriced(order) && !isReached(exchange, order, order.buying ? lowest : highest);
}
