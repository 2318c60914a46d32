import type { Order, OrderTerms } from "../../flow/orders/order.ts";
import { exactOne } from "../../words/exact.ts";
import { larger, minus, moneyOfUnits, plus, sum, zeroMoney, type Money } from "../../words/money.ts";
import { lotsOfQuantity, quantityOfUnits } from "../../words/quantity.ts";
import type { Asset } from "./asset.ts";
import { committedNow, sellableLots } from "./claims.ts";
import type { Combo, ComboLeg } from "./combo.ts";
import type { Exchange } from "./exchange.ts";
import { contractFee } from "./fees.ts";
import { collateralOf } from "./margin.ts";
import { securedNow, securedOn } from "./secured.ts";
import { isShortable } from "./shorting.ts";
import { rejection, type Rejection } from "./terms-checks.ts";

const legsMost = 4;
const divisorOf = (left: number, right: number): number => (right === 0 ? left : divisorOf(right, left % right));

/** The legs' markets, or the first reason why this is no order over several contracts. */
function legsOf(exchange: Exchange, terms: OrderTerms): readonly ComboLeg[] | Rejection {
  const { legs = [] } = terms;
  const units = terms.quantity / exactOne;
  if (terms.account !== exchange.settings.account)
    return rejection("other", `this venue keeps ${exchange.settings.account}, not ${terms.account}`);
  if (legs.length < 2 || legs.length > legsMost) return rejection("other", `an order over several contracts has 2 to ${legsMost} legs`);
  if (new Set(legs.map(({ instrument }) => instrument)).size < legs.length) return rejection("other", "each leg is a contract of its own");
  if (!legs.every(({ ratio }) => Number.isSafeInteger(ratio) && ratio > 0))
    return rejection("bad_precision", "ratios are whole numbers above zero");
  if (legs.reduce((divisor, { ratio }) => divisorOf(divisor, ratio), 0) !== 1)
    return rejection("bad_precision", "ratios have no common factor");
  if (terms.type !== "limit" || terms.limit === undefined) return rejection("bad_price", "an order over several contracts has a net limit");
  if (terms.side !== "buy") return rejection("other", "a unit is bought: a credit is a net limit below zero");
  if (units < 1n || units * exactOne !== terms.quantity) return rejection("bad_precision", "the quantity is whole units, at least one");
  if (terms.bracket !== undefined || terms.oco !== undefined || terms.reduceOnly)
    return rejection("other", "its legs are all that is grouped");
  const found: ComboLeg[] = [];
  for (const { instrument, side, ratio } of legs) {
    const asset = exchange.assetOf(instrument);
    if (asset === undefined) return rejection("unknown_instrument", `${instrument} is not traded here`);
    const { instrument: traded } = asset;
    if (traded.kind !== "option" || traded.underlying !== terms.instrument || traded.lot !== exactOne)
      return rejection("other", `${instrument} is an option on ${terms.instrument}`);
    if (exchange.options.of(asset)?.ended === true) return rejection("market_closed", `${instrument} has expired`);
    if (asset.halted) return rejection("halted", `${instrument} is halted`);
    found.push({ asset, lots: side === "buy" ? ratio : -ratio, fromEvent: asset.event + 1 });
  }
  return found;
}

/** What a unit's net price is in money, a limit or a natural price: multipliers of one chain are the same. */
const netMoney = (net: bigint, { asset }: ComboLeg, units: number): Money =>
  moneyOfUnits((net * asset.instrument.multiplier * BigInt(units)) / exactOne);

/** Whether holdings, cash and cover bear these units at this net price, all legs together: each secures the others. */
export function bears(exchange: Exchange, terms: OrderTerms, legs: readonly ComboLeg[], units: number, net: bigint): boolean {
  const [first] = legs;
  if (first === undefined) return false;
  const sold = legs.filter(({ lots }) => lots < 0);
  if (
    sold.some(
      ({ asset, lots }) => !isShortable(asset.instrument, exchange.settings) && -lots * units > sellableLots(asset, undefined, undefined),
    )
  )
    return false;
  const additions = legs.map(({ asset, lots }): { asset: Asset; lots: number } => ({ asset, lots: lots * units }));
  const secured = securedOn(exchange, terms.instrument, additions);
  if (secured === undefined) return false;
  const before = securedOn(exchange, terms.instrument) ?? zeroMoney;
  const paid = netMoney(net, first, units);
  // A credit that comes in stands behind what is sold for it; the shorts' marks, which collateral will bear, are worth about as much.
  const fees = sum(legs.map(({ asset, lots }) => contractFee(exchange.settings, asset, Math.abs(lots) * units) ?? zeroMoney));
  const more = plus(plus(larger(zeroMoney, paid), larger(zeroMoney, minus(secured, before))), fees);
  const free = minus(
    minus(collateralOf(exchange.books), committedNow(exchange)),
    plus(securedNow(exchange, undefined), waiting(exchange, terms)),
  );
  return more <= free;
}

/** What other orders over several contracts would pay. */
function waiting(exchange: Exchange, except: OrderTerms): Money {
  let sum = zeroMoney;
  for (const { terms, legs, units, filled } of exchange.combos) {
    const [first] = legs;
    if (terms.id !== except.id && first !== undefined && terms.limit !== undefined)
      sum = plus(sum, larger(zeroMoney, netMoney(terms.limit, first, units - filled)));
  }
  return sum;
}

/** Takes an order over several contracts in, or says why not. */
export function enlistCombo(exchange: Exchange, order: Order, atMs: number): Combo | Rejection {
  const legs = legsOf(exchange, order);
  if ("reason" in legs) return legs;
  const units = lotsOfQuantity(order.quantity, quantityOfUnits(exactOne));
  if (!bears(exchange, order, legs, units, order.limit ?? 0n))
    return rejection("insufficient_margin", "the account does not have what this order would set aside");
  const arrivesMs = atMs + exchange.settings.latencyMs;
  const combo: Combo = { terms: order, venueOrder: exchange.nextVenueOrder(), legs, arrivesMs, units, filled: 0, state: "working" };
  exchange.comboOf.set(order.id, combo);
  exchange.combos = [...exchange.combos, combo];
  return combo;
}
