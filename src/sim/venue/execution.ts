import type { Fill } from "../../flow/fills/fill.ts";
import { invariant } from "../../words/invariant.ts";
import { plus, type Money } from "../../words/money.ts";
import { priceOfTicks } from "../../words/price.ts";
import { lotsOfQuantity, quantityOfLots, quantityOfUnits } from "../../words/quantity.ts";
import type { Asset } from "./asset.ts";
import { worthOf } from "./books.ts";
import { growLegs } from "./brackets.ts";
import type { Exchange } from "./exchange.ts";
import { feeOf, type Liquidity } from "./fees.ts";
import { isShortable } from "./shorting.ts";
import { isLive, type Working } from "./working.ts";

/** Where and when a trade happens. `reference` is the market's price behind ours, before spread and slippage; it becomes the last price. */
export type Deal = { readonly ticks: number; readonly reference: number; readonly liquidity: Liquidity; readonly atMs: number };

/** Lots left for our side of this bar or quote: a share of the bar's volume, or the size that the quote shows. */
function roomLeft(exchange: Exchange, asset: Asset, buying: boolean): number {
  const used = buying ? asset.bought : asset.sold;
  if (asset.quoted) return (buying ? asset.askSize : asset.bidSize) - used;
  // A billionth covers that 0.29 × 100 is just below 29 in doubles.
  return Math.floor(asset.volume * exchange.settings.participation + 1e-9) - used;
}

/** A position that may not be turned bounds the order: reduce-only orders, and sales of what cannot be sold short. */
function positionAllows(
  { settings }: Exchange,
  asset: Asset,
  order: Working,
): { readonly lots: number; readonly why: "reduce_only" | "venue" } {
  const facing = order.buying ? Math.max(0, -asset.held) : Math.max(0, asset.held);
  if (order.terms.reduceOnly) return { lots: facing, why: "reduce_only" };
  const owned = !order.buying && !isShortable(asset.instrument, settings);
  return { lots: owned ? facing : Number.POSITIVE_INFINITY, why: "venue" };
}

/** What is paid in full cannot be bought for more cash than there is, fee included. */
function cashAllows(exchange: Exchange, asset: Asset, order: Working, deal: Deal): number {
  if (!order.buying || asset.perpetual !== undefined || asset.held < 0 || deal.ticks <= 0) return Number.POSITIVE_INFINITY;
  const oneLot = worthOf(asset, 1, deal.ticks);
  const each: Money = plus(oneLot, feeOf(exchange.settings, asset, 1, deal.ticks, deal.liquidity));
  const { cash } = exchange.books;
  if (each <= 0n) return Number.POSITIVE_INFINITY;
  const lots = cash > 0n ? cash / each : 0n;
  if (lots > BigInt(order.lots)) return Number.POSITIVE_INFINITY;
  const { lot } = asset.instrument;
  return lotsOfQuantity(quantityOfUnits(lots * lot), lot);
}

/** Trades as much of an order as position, cash and the market's size allow; what its time in force forbids to wait is cancelled at once. */
export function take(exchange: Exchange, asset: Asset, order: Working, deal: Deal): void {
  const position = positionAllows(exchange, asset, order);
  const affordable = cashAllows(exchange, asset, order, deal);
  const wanted = Math.min(order.lots - order.filled, position.lots);
  const allowed = Math.min(wanted, affordable);
  if (allowed <= 0) {
    exchange.cancel(order, wanted <= 0 ? position.why : "venue", deal.atMs);
    return;
  }
  const lots = Math.min(allowed, roomLeft(exchange, asset, order.buying));
  if (order.terms.timeInForce === "fok" && lots < wanted) {
    exchange.cancel(order, "fok", deal.atMs);
    return;
  }
  if (lots > 0) execute(exchange, asset, order, lots, deal);
  if (isLive(order) && order.terms.timeInForce === "ioc") exchange.cancel(order, "ioc", deal.atMs);
  if (isLive(order) && affordable < wanted && lots === allowed) exchange.cancel(order, "venue", deal.atMs);
}

function execute(exchange: Exchange, asset: Asset, order: Working, lots: number, deal: Deal): void {
  invariant(deal.atMs >= order.arrivesMs, "no order trades before it arrives");
  invariant(asset.quoted || asset.closeMs > order.decidedMs, "no order trades in a bar that had closed when it was decided");
  invariant(lots <= order.lots - order.filled, "no order fills beyond its quantity");
  asset.nowMs = Math.max(asset.nowMs, deal.atMs);
  order.filled += lots;
  if (order.buying) asset.bought += lots;
  else asset.sold += lots;
  asset.last = Math.round(deal.reference);
  const fill = book(exchange, asset, order.buying ? lots : -lots, deal, order);
  const whole = order.filled >= order.lots;
  if (whole) exchange.retire(order, "filled");
  else order.state = "part_filled";
  const remaining = quantityOfLots(order.lots - order.filled, asset.instrument.lot);
  exchange.delivery.report({ kind: "filled", fill, remaining });
  shrinkSiblings(exchange, order, lots, whole, deal.atMs);
  growLegs(exchange, asset, order, lots, deal.atMs);
  // The exit has begun: what the entry would still add could no longer be protected by the legs that are ending.
  if (order.entry !== undefined && isLive(order.entry)) exchange.cancel(order.entry, "oco", deal.atMs);
  sweepReduceOnly(exchange, asset, deal.atMs);
}

/** One fill into books and records. Without an order the venue trades by itself, and its own fee replaces the taker's. */
export function book(exchange: Exchange, asset: Asset, signedLots: number, deal: Deal, order?: Pick<Working, "terms">): Fill {
  const { instrument } = asset;
  const lots = Math.abs(signedLots);
  const fee = feeOf(exchange.settings, asset, order === undefined ? 0 : lots, deal.ticks, deal.liquidity);
  exchange.books.trade(asset, signedLots, deal.ticks, fee);
  const fill: Fill = {
    execution: exchange.nextExecution(),
    order: order?.terms.id,
    instrument: instrument.id,
    side: signedLots > 0 ? "buy" : "sell",
    quantity: quantityOfLots(lots, instrument.lot),
    price: priceOfTicks(deal.ticks, instrument.tick),
    fee,
    liquidity: deal.liquidity,
    reason: order === undefined ? "liquidation" : "order",
    at: exchange.instants.at(deal.atMs),
  };
  exchange.executions.add(fill);
  return fill;
}

function shrinkSiblings(exchange: Exchange, order: Working, lots: number, whole: boolean, atMs: number): void {
  for (const sibling of order.group?.members ?? []) {
    if (sibling === order) continue;
    // Lots of two instruments do not compare, so a part fill takes only from siblings in its own.
    if (!whole && sibling.index === order.index) sibling.lots = Math.max(sibling.filled, sibling.lots - lots);
    if (whole || sibling.lots <= sibling.filled) exchange.cancel(sibling, "oco", atMs);
  }
}

/** Reduce-only orders end as soon as nothing is left for them to reduce. */
export function sweepReduceOnly(exchange: Exchange, asset: Asset, atMs: number): void {
  for (const order of asset.orders) {
    if (!order.terms.reduceOnly || !isLive(order)) continue;
    if (order.buying ? asset.held >= 0 : asset.held <= 0) exchange.cancel(order, "reduce_only", atMs);
  }
}
