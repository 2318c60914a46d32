import { divideUnits } from "../../words/exact.ts";
import { invariant } from "../../words/invariant.ts";
import { priceOfUnits } from "../../words/price.ts";
import { zeroQuantity } from "../../words/quantity.ts";
import type { Asset } from "./asset.ts";
import { adjustOptions } from "./adjusting.ts";
import { book } from "./execution.ts";
import type { Exchange } from "./exchange.ts";
import { decisionMs } from "./order-desk.ts";

const divisorOf = (left: number, right: number): number => (right === 0 ? left : divisorOf(right, left % right));

/**
 * Every `from` shares become `into`. First what rests is cancelled; then, as brokers pay cash in lieu of fractions, the shares that
 * would leave a fraction of a lot are traded away by the venue itself, whole and at the last price; the rest keeps its cost.
 * Options on them become others, or stay behind (adjusting.ts). Whoever plays the market plays prices in new shares from then on; the bar under way is converted here.
 */
export function split(exchange: Exchange, asset: Asset, from: number, into: number): void {
  const { instrument } = asset;
  invariant(instrument.kind === "equity" || instrument.kind === "etf", "only shares split");
  invariant(Number.isSafeInteger(from) && Number.isSafeInteger(into) && from > 0 && into > 0, "a split is a ratio of whole numbers");
  const atMs = decisionMs(exchange, asset);
  asset.nowMs = Math.max(asset.nowMs, atMs);
  for (const order of asset.orders) exchange.cancel(order, "split", atMs);
  payFraction(exchange, asset, from / divisorOf(from, into), atMs);
  if (asset.held !== 0) exchange.books.convert(asset, (asset.held * into) / from);
  convertMarket(asset, from, into);
  const unadjusted = adjustOptions(exchange, asset, from, into, atMs);
  for (const { execution, instrument: of } of exchange.executions) if (of === instrument.id) exchange.final.add(execution);
  exchange.paid({
    kind: "split",
    transaction: exchange.nextTransaction(),
    instrument: instrument.id,
    from,
    into,
    ...(unadjusted.length === 0 ? {} : { unadjusted }),
    at: exchange.instants.at(atMs),
  });
}

/** `step` lots at a time become whole lots again. */
function payFraction(exchange: Exchange, asset: Asset, step: number, atMs: number): void {
  const odd = asset.held % step;
  if (odd === 0) return;
  const fill = book(exchange, asset, -odd, { ticks: asset.last, reference: asset.last, liquidity: "taker", atMs });
  exchange.delivery.report({ kind: "filled", fill, remaining: zeroQuantity });
}

function convertMarket(asset: Asset, from: number, into: number): void {
  const price = (ticks: number): number => (Number.isNaN(ticks) ? ticks : Math.max(1, Math.round((ticks * from) / into)));
  const size = (lots: number): number => (lots * into) / from;
  if (asset.markRules) {
    const mark = divideUnits(asset.mark * BigInt(from), BigInt(into), "half_even");
    asset.setMark(priceOfUnits(mark), asset.markMs);
  }
  asset.open = price(asset.open);
  asset.high = price(asset.high);
  asset.low = price(asset.low);
  asset.close = price(asset.close);
  asset.last = price(asset.last);
  asset.volume = size(asset.volume);
  asset.bidSize = Math.floor(size(asset.bidSize));
  asset.askSize = Math.floor(size(asset.askSize));
  asset.bought = Math.ceil(size(asset.bought));
  asset.sold = Math.ceil(size(asset.sold));
}
