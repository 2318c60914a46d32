import { isReduced, reducedBy } from "../../flow/market/ex-dividend.ts";
import { invariant } from "../../words/invariant.ts";
import { notional } from "../../words/money.ts";
import { priceOfTicks, ticksOfPrice, type Price } from "../../words/price.ts";
import type { Asset } from "./asset.ts";
import type { Exchange } from "./exchange.ts";
import { decisionMs } from "./order-desk.ts";
import type { Working } from "./working.ts";

/**
 * Pays `each` a share to whoever holds shares now, and takes it from whoever owes them: called before the first bar of the day on which
 * the price is without it. Paid at once, where brokers book a claim and pay weeks later: equity is the same. Orders that brokers lower by it are
 * lowered too, of shares that are held or owed: an account that has none is told of no dividend, and its orders stay as it knows them.
 */
export function payDividend(exchange: Exchange, asset: Asset, each: Price): void {
  const { instrument, held } = asset;
  invariant(instrument.kind === "equity" || instrument.kind === "etf", "only shares pay dividends");
  invariant(each > 0n, "a dividend is above zero");
  if (held === 0) return;
  const amount = notional(each, exchange.books.holding(asset).quantity, instrument.multiplier, "half_even");
  exchange.books.receive(amount);
  for (const order of asset.orders) if (isReduced(order.buying, order.terms.type)) lower(order, each, instrument.tick);
  const at = exchange.instants.at(decisionMs(exchange, asset));
  exchange.paid({ kind: "dividend", transaction: exchange.nextTransaction(), instrument: instrument.id, price: each, amount, at });
}

function lower(order: Working, each: Price, tick: Price): void {
  const lowered = (ticks: number): number =>
    !Number.isFinite(ticks) ? ticks : ticksOfPrice(reducedBy(each, priceOfTicks(ticks, tick), tick), tick);
  order.limit = lowered(order.limit);
  order.trigger = lowered(order.trigger);
  // What a trailing stop runs after was a price with the dividend in it.
  order.best = lowered(order.best);
}
