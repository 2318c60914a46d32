import type { Fill } from "../../flow/fills/fill.ts";
import type { ExecutionId } from "../../words/ids.ts";
import { instantOfMs } from "../../words/instant.ts";
import { negate } from "../../words/money.ts";
import { ticksOfPrice } from "../../words/price.ts";
import { lotsOfQuantity, quantityOfLots } from "../../words/quantity.ts";
import type { Asset } from "./asset.ts";
import { book, sweepReduceOnly } from "./execution.ts";
import type { Exchange } from "./exchange.ts";
import { decisionMs } from "./order-desk.ts";
import { isLive, type Working } from "./working.ts";

/**
 * Takes an execution back: it is traded back at its own price and its fee returned, so that equity is as though it had never been,
 * and so is the cash of what is paid in full. It leaves the list of executions, and a corrected one comes in under a new id.
 * False where there is none to take back: unknown, busted before, a liquidation, or from before a split.
 */
export function bust(exchange: Exchange, execution: ExecutionId, correctedTicks: number | undefined): boolean {
  const fill = exchange.executions.find((known) => known.execution === execution);
  const asset = fill === undefined ? undefined : exchange.assetOf(fill.instrument);
  if (fill?.order === undefined || asset === undefined || exchange.final.has(execution)) return false;
  const order = exchange.orders.get(fill.order);
  const atMs = decisionMs(exchange, asset);
  asset.nowMs = Math.max(asset.nowMs, atMs);
  const { tick, lot } = asset.instrument;
  const lots = lotsOfQuantity(fill.quantity, lot);
  const signed = fill.side === "buy" ? lots : -lots;
  exchange.executions.remove(fill);
  exchange.books.trade(asset, -signed, ticksOfPrice(fill.price, tick), negate(fill.fee));
  if (order !== undefined) unfill(order, lots);
  exchange.delivery.report({ kind: "busted", fill, at: instantOfMs(atMs) });
  if (correctedTicks !== undefined && order !== undefined) correct(exchange, asset, order, { fill, signed, correctedTicks, atMs });
  sweepReduceOnly(exchange, asset, atMs);
  return true;
}

/** What was busted is not worked again, so a live order shrinks by it, and a filled one ends as one whose remainder was cancelled. */
function unfill(order: Working, lots: number): void {
  order.filled -= lots;
  if (!isLive(order)) {
    if (order.state === "filled") order.state = "cancelled";
    return;
  }
  order.lots -= lots;
  if (order.filled === 0) order.state = "working";
}

type Correction = { readonly fill: Fill; readonly signed: number; readonly correctedTicks: number; readonly atMs: number };

function correct(exchange: Exchange, asset: Asset, order: Working, { fill, signed, correctedTicks, atMs }: Correction): void {
  const lots = Math.abs(signed);
  const live = isLive(order);
  order.filled += lots;
  if (live) order.lots += lots;
  const deal = { ticks: correctedTicks, reference: asset.last, liquidity: fill.liquidity, atMs };
  const corrected = book(exchange, asset, signed, deal, order);
  if (live) order.state = "part_filled";
  else if (order.filled >= order.lots) order.state = "filled";
  const remaining = quantityOfLots(Math.max(0, order.lots - order.filled), asset.instrument.lot);
  exchange.delivery.report({ kind: "filled", fill: corrected, remaining });
}
