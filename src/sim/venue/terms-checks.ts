import type { OrderTerms } from "../../flow/orders/order.ts";
import type { RejectReason } from "../../ports/venue.ts";
import { exactOne } from "../../words/exact.ts";
import type { Price } from "../../words/price.ts";
import type { Asset } from "./asset.ts";
import { stopLegId, targetLegId } from "./brackets.ts";
import type { Exchange } from "./exchange.ts";
import type { Group, Working } from "./working.ts";

export type Rejection = { readonly reason: RejectReason; readonly detail: string };

/** `replaces` is leaving in the same step, so it neither blocks nor claims anything. */
export type Request = {
  readonly exchange: Exchange;
  readonly asset: Asset;
  readonly terms: OrderTerms;
  readonly group: Group | undefined;
  readonly replaces: Working | undefined;
};
export type Check = (request: Request) => Rejection | undefined;

export const rejection = (reason: RejectReason, detail: string): Rejection => ({ reason, detail });
const widest = BigInt(Number.MAX_SAFE_INTEGER);

const open: Check = ({ exchange, asset }) => {
  if (exchange.options.of(asset)?.ended === true) return rejection("market_closed", `${asset.instrument.id} has expired`);
  return asset.halted && !asset.collects ? rejection("halted", `${asset.instrument.id} is halted`) : undefined;
};

const possible: Check = ({ exchange, terms }) => {
  if (terms.account !== exchange.settings.account)
    return rejection("other", `this venue keeps ${exchange.settings.account}, not ${terms.account}`);
  if (terms.bracket !== undefined && !exchange.able.brackets) return rejection("other", "this venue has no brackets");
  if (terms.oco !== undefined && !exchange.able.oco) return rejection("other", "this venue has no OCO groups");
  if (terms.type === "trailing_stop" && !exchange.able.trailing) return rejection("other", "this venue has no trailing stops");
  return undefined;
};

const legs: Check = ({ exchange, terms }) => {
  if (terms.bracket === undefined) return undefined;
  if (terms.id.length > 62) return rejection("other", "the id of a bracket's entry leaves two letters for its legs, of 64");
  const taken = [stopLegId(terms.id), targetLegId(terms.id)].find((id) => exchange.knowsId(id));
  return taken === undefined ? undefined : rejection("duplicate_id", `${taken} is a leg's id and was used before`);
};

const quantity: Check = ({ asset, terms }) => {
  const { lot, minQuantity, maxQuantity } = asset.instrument;
  if (terms.quantity % lot !== 0n) return rejection("bad_precision", "the quantity is not a whole number of lots");
  if (terms.quantity < minQuantity || terms.quantity <= 0n) return rejection("below_minimum", "the quantity is below the smallest order");
  if (terms.quantity > maxQuantity || terms.quantity / lot > widest) return rejection("other", "the quantity is above the largest order");
  return undefined;
};

function badPrice(asset: Asset, name: string, price: Price | undefined): Rejection | undefined {
  if (price === undefined) return rejection("bad_price", `this type of order carries a ${name}`);
  if (price <= 0n && !asset.instrument.priceMayBeNegative) return rejection("bad_price", `the ${name} is above zero`);
  if (price % asset.instrument.tick !== 0n) return rejection("bad_precision", `the ${name} is not a whole number of ticks`);
  if (price / asset.instrument.tick > widest) return rejection("bad_price", `the ${name} is out of range`);
  return undefined;
}

const prices: Check = ({ asset, terms }) => {
  const { type, limit, stop, trail, bracket } = terms;
  if (type === "limit" || type === "stop_limit") {
    const bad = badPrice(asset, "limit", limit);
    if (bad !== undefined) return bad;
  }
  if (type === "stop" || type === "stop_limit") {
    const bad = badPrice(asset, "stop", stop);
    if (bad !== undefined) return bad;
  }
  if (type === "trailing_stop" && (trail === undefined || trail <= 0n || trail >= exactOne))
    return rejection("bad_price", "a trail is a fraction between zero and one");
  const reference = type === "trailing_stop" && terms.triggerBy === "mark" ? asset.markTicks : asset.last;
  if ((type === "market" || type === "trailing_stop") && Number.isNaN(reference))
    return rejection("bad_price", "no price has been seen to follow or to value the order at");
  return bracketPrices(asset, terms, bracket);
};

function bracketPrices(asset: Asset, terms: OrderTerms, bracket: OrderTerms["bracket"]): Rejection | undefined {
  if (bracket === undefined) return undefined;
  const { stopLoss, takeProfit } = bracket;
  if (stopLoss === undefined && takeProfit === undefined) return rejection("bad_price", "a bracket has a stop, a target or both");
  const bad =
    (stopLoss === undefined ? undefined : badPrice(asset, "stop loss", stopLoss)) ??
    (takeProfit === undefined ? undefined : badPrice(asset, "take profit", takeProfit));
  if (bad !== undefined || stopLoss === undefined || takeProfit === undefined) return bad;
  const apart = terms.side === "buy" ? stopLoss < takeProfit : stopLoss > takeProfit;
  return apart ? undefined : rejection("bad_price", "the stop loss lies on the losing side of the take profit");
}

/** What can be said of an order by its own words, before the market and the account are asked. */
export const termsChecks: readonly Check[] = [open, possible, legs, quantity, prices];
