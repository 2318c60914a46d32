import { instantOfMs } from "../../words/instant.ts";
import { absolute, negate, timesRate } from "../../words/money.ts";
import { priceOfTicks } from "../../words/price.ts";
import { zeroQuantity } from "../../words/quantity.ts";
import type { Asset } from "./asset.ts";
import { worsened } from "./bar-path.ts";
import { worthOf } from "./books.ts";
import { book } from "./execution.ts";
import type { Exchange } from "./exchange.ts";
import { maintenanceAt, standsAt, standsClearlyAt } from "./margin.ts";

/** Whether the account, or the isolated position, stands with this instrument at `ticks`. */
function stands(exchange: Exchange, asset: Asset, ticks: number): boolean {
  const { books } = exchange;
  return standsClearlyAt(books, asset, ticks) || standsAt(books, asset, priceOfTicks(ticks, asset.instrument.tick));
}

/**
 * The first tick of the bar's range, coming from the good side, at which the position no longer stands; NaN when it stands at all of
 * them. What stands behind a position only falls as the price moves against it, so the tick is found by halving.
 */
export function breakingTicks(exchange: Exchange, asset: Asset): number {
  if (asset.held === 0 || asset.perpetual === undefined || asset.markRules) return Number.NaN;
  const [good, bad] = asset.held > 0 ? [asset.high, asset.low] : [asset.low, asset.high];
  if (stands(exchange, asset, bad)) return Number.NaN;
  let standing = good;
  let broken = bad;
  if (!stands(exchange, asset, good)) return asset.last;
  while (Math.abs(standing - broken) > 1) {
    const middle = Math.trunc((standing + broken) / 2);
    if (stands(exchange, asset, middle)) standing = middle;
    else broken = middle;
  }
  return broken;
}

/** The same question at the open, where a gap may already have broken the position. */
export const breaksAtOpen = (exchange: Exchange, asset: Asset): boolean =>
  asset.held !== 0 && asset.perpetual !== undefined && !asset.markRules && !stands(exchange, asset, asset.open);

/** Liquidates at the price reached. */
export function liquidateAt(exchange: Exchange, asset: Asset, ticks: number, atMs: number): void {
  asset.last = Math.round(ticks);
  liquidateBroken(exchange, asset, atMs);
}

/**
 * Closes positions at their marks until what is left stands: in isolated mode the broken one, in cross mode the one with the largest
 * maintenance first. No insurance fund steps in: a gap may take cash below zero, as the pessimistic case.
 */
export function liquidateBroken(exchange: Exchange, asset: Asset, atMs: number): void {
  while (!standsAt(exchange.books, asset, asset.mark)) {
    const worst = exchange.books.isolated ? asset : largestPosition(exchange);
    if (worst === undefined || worst.held === 0) return;
    closeOut(exchange, worst, atMs);
  }
}

function largestPosition(exchange: Exchange): Asset | undefined {
  let largest: Asset | undefined;
  let most = -1n;
  for (const asset of exchange.books.open) {
    if (asset.perpetual === undefined || asset.halted) continue;
    const maintenance = maintenanceAt(exchange.books, asset, asset.mark);
    if (maintenance <= most) continue;
    most = maintenance;
    largest = asset;
  }
  return largest;
}

/** The venue takes the position over whole, whatever the volume, after cancelling every order in it. */
function closeOut(exchange: Exchange, asset: Asset, when: number): void {
  const atMs = asset.inBar ? Math.max(asset.nowMs, when) : when;
  asset.nowMs = atMs;
  for (const order of asset.orders) exchange.cancel(order, "liquidation", atMs);
  const buying = asset.held < 0;
  const reference = asset.markTicks;
  const ticks = worsened(asset, reference, exchange.slippageBps(), buying);
  const worth = absolute(worthOf(asset, asset.held, ticks));
  const fill = book(exchange, asset, -asset.held, { ticks, reference, liquidity: "taker", atMs });
  exchange.delivery.report({ kind: "filled", fill, remaining: zeroQuantity });
  const rate = asset.perpetual?.liquidationFeeRate;
  if (rate === undefined) return;
  const amount = timesRate(worth, rate, "up");
  exchange.books.receive(negate(amount));
  const transaction = exchange.nextTransaction();
  exchange.paid({ kind: "liquidation_fee", transaction, instrument: asset.instrument.id, amount, at: instantOfMs(atMs) });
}
