import type { Asset } from "./asset.ts";
import { uncrossesNow } from "./auction.ts";
import { pathPrice } from "./bar-path.ts";
import type { Exchange } from "./exchange.ts";
import { breaksAtOpen, liquidateAt } from "./liquidation.ts";
import { meet } from "./meeting.ts";
import { isQuiet } from "./quiet.ts";
import { isImmediate, isLive, isPriced, rests, type Working } from "./working.ts";

const restsAsLimit = (order: Working): boolean => rests(order) && !order.conditional && isPriced(order);
const mayMeet = (asset: Asset, order: Working): boolean => isLive(order) && order.fromEvent <= asset.event;

/**
 * The open of a bar, and arrivals within it. First what takes: gapped stops, remainders of market orders, arrivals up to the open.
 * Then resting limits that the gap went through; then the margin call; then, one after another, orders that arrive inside the bar
 * and meet its path.
 */
export function openingPhase(exchange: Exchange, asset: Asset): void {
  const { openMs, closeMs, open } = asset;
  asset.quiet = undefined;
  if (asset.halted && !uncrossesNow(asset)) {
    for (const order of asset.orders)
      if (mayMeet(asset, order) && isImmediate(order) && !order.conditional && order.arrivesMs < closeMs)
        exchange.cancel(order, "halted", Math.max(openMs, order.arrivesMs));
    return;
  }
  if (isQuiet(exchange, asset)) {
    asset.quiet = asset.orders;
    if (breaksAtOpen(exchange, asset)) liquidateAt(exchange, asset, open, openMs);
    return;
  }
  for (const order of asset.orders)
    if (mayMeet(asset, order) && order.arrivesMs <= openMs && !restsAsLimit(order)) meet(exchange, asset, order, open, openMs);
  // Whoever came to rest only now has met this open already.
  for (const order of asset.orders)
    if (mayMeet(asset, order) && order.arrivesMs <= openMs && restsAsLimit(order) && order.restsFrom < asset.event)
      meet(exchange, asset, order, open, openMs);
  if (breaksAtOpen(exchange, asset)) liquidateAt(exchange, asset, open, openMs);
  for (const order of asset.orders) {
    if (!mayMeet(asset, order) || order.arrivesMs <= openMs || order.arrivesMs >= closeMs) continue;
    meet(exchange, asset, order, pathPrice(asset, order.arrivesMs), order.arrivesMs);
  }
}
