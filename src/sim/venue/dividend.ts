import { invariant } from "../../words/invariant.ts";
import { notional } from "../../words/money.ts";
import type { Price } from "../../words/price.ts";
import type { Asset } from "./asset.ts";
import type { Exchange } from "./exchange.ts";
import { decisionMs } from "./order-desk.ts";

/**
 * Pays `each` a share to whoever holds shares now, and takes it from whoever owes them: called before the first bar of the day on which
 * the price is without it. Paid at once, where brokers book a claim and pay weeks later: equity is the same.
 */
export function payDividend(exchange: Exchange, asset: Asset, each: Price): void {
  const { instrument, held } = asset;
  invariant(instrument.kind === "equity" || instrument.kind === "etf", "only shares pay dividends");
  invariant(each > 0n, "a dividend is above zero");
  if (held === 0) return;
  const amount = notional(each, exchange.books.holding(asset).quantity, instrument.multiplier, "half_even");
  exchange.books.receive(amount);
  const at = exchange.instants.at(decisionMs(exchange, asset));
  exchange.paid({ kind: "dividend", transaction: exchange.nextTransaction(), instrument: instrument.id, price: each, amount, at });
}
