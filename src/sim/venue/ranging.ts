import type { Asset } from "./asset.ts";
import { take } from "./execution.ts";
import type { Exchange } from "./exchange.ts";
import { breakingTicks, liquidateAt } from "./liquidation.ts";
import { fire, isReached, watchesLast } from "./meeting.ts";
import { isLive, isPriced, passes, protects, rests, type Working } from "./working.ts";

/** The side that hurts what we hold; flat, neither does. */
const isAdverse = (asset: Asset, order: Working): boolean => (order.buying ? asset.held < 0 : asset.held > 0);

/** A stop placed within the bar acts on it when it only protects: the whole range counts against it. */
function isTouched(asset: Asset, order: Working): boolean {
  if (!order.conditional || order.arrivesMs >= asset.closeMs || !watchesLast(asset, order)) return false;
  if (order.fromEvent > asset.event && !protects(order)) return false;
  return passes(order, order.buying ? asset.high : asset.low);
}

/** A target placed within the bar waits for the next: whether its price came after it, the bar does not tell. */
const isCrossed = (exchange: Exchange, asset: Asset, order: Working, atMs: number): boolean =>
  !order.conditional &&
  rests(order) &&
  isPriced(order) &&
  order.fromEvent <= asset.event &&
  order.arrivesMs <= atMs &&
  isReached(exchange, order, order.buying ? asset.low : asset.high);

// Plain loops: nearly every bar asks these two and gets a no, and a closure a bar would be most of what resting orders cost.
function anyTouched(asset: Asset): boolean {
  for (const order of asset.orders) if (isTouched(asset, order)) return true;
  return false;
}

function anyCrossed(exchange: Exchange, asset: Asset, atMs: number): boolean {
  for (const order of asset.orders) if (isCrossed(exchange, asset, order, atMs)) return true;
  return false;
}

const nearest = (left: number, right: number, open: number): number => Math.abs(left - open) - Math.abs(right - open);

/**
 * The rest of a bar, pessimistically: stops before targets, those against our position first and by their nearness to the open, and
 * a margin call as soon as the price on its way has reached it. When within the bar a price was reached is unknown: the first touches
 * are put at its middle, what follows from them half way on to the close, so that no effect comes before its cause.
 */
function rangingPhase(exchange: Exchange, asset: Asset): void {
  const { openMs, closeMs, open } = asset;
  const middle = openMs + Math.floor(asset.lengthMs / 2);
  const atMs = asset.nowMs < middle ? middle : asset.nowMs + Math.floor((closeMs - asset.nowMs) / 2);

  const quiet = asset.quiet === asset.orders;
  if (!quiet && anyTouched(asset)) {
    const touched = asset.orders.filter((order) => isTouched(asset, order));
    touched.sort(
      (left, right) => (isAdverse(asset, right) ? 1 : 0) - (isAdverse(asset, left) ? 1 : 0) || nearest(left.trigger, right.trigger, open),
    );
    for (const order of touched) if (isLive(order)) reach(exchange, asset, order, atMs);
  }
  const broken = breakingTicks(exchange, asset);
  if (!Number.isNaN(broken)) liquidateAt(exchange, asset, broken, atMs);

  if (!quiet && anyCrossed(exchange, asset, atMs)) {
    const crossed = asset.orders.filter((order) => isCrossed(exchange, asset, order, atMs));
    crossed.sort((left, right) => nearest(left.limit, right.limit, open));
    for (const order of crossed) {
      if (isLive(order))
        take(exchange, asset, order, { ticks: order.limit, reference: order.limit, liquidity: "maker", atMs: Math.max(atMs, asset.nowMs) });
    }
  }
}

/** Fires a touched stop, unless the margin call lies nearer on the same way. */
function reach(exchange: Exchange, asset: Asset, order: Working, atMs: number): void {
  const broken = breakingTicks(exchange, asset);
  if (!Number.isNaN(broken) && (!isAdverse(asset, order) || !passes(order, broken))) {
    liquidateAt(exchange, asset, broken, atMs);
    if (!isLive(order)) return;
  }
  const at = Math.max(atMs, asset.nowMs, order.arrivesMs);
  // After a fill beyond the trigger the market is there, not at the trigger.
  fire(exchange, asset, order, passes(order, asset.last) ? asset.last : order.trigger, at);
  if (isLive(order) && isPriced(order)) order.fromEvent = asset.event + 1;
}

/** Again and again until a pass says nothing: what it reports may set off more of the same range. */
export function rangingPhases(exchange: Exchange, asset: Asset): void {
  const { delivery } = exchange;
  let before: number;
  do {
    before = delivery.reported;
    rangingPhase(exchange, asset);
  } while (delivery.reported > before);
}
