import { exactOne } from "../../words/exact.ts";
import { larger, minus, moneyOfUnits, negate, notional, plus, zeroMoney, type Money } from "../../words/money.ts";
import { priceOfUnits, type Price } from "../../words/price.ts";
import { quantityOfLots, quantityOfUnits, zeroQuantity, type Quantity } from "../../words/quantity.ts";
import type { Asset } from "./asset.ts";
import type { Exchange } from "./exchange.ts";
import type { Listed } from "./option-book.ts";
import { isLive, type Working } from "./working.ts";

/** An order that is about to be placed: signed lots of one asset that it would add. */
export type Addition = { readonly asset: Asset; readonly lots: number };

type Leg = { readonly listed: Listed; readonly lots: number };

/**
 * What must stand behind the options on one underlying that are, or would be, sold short: the most that all of them, with the longs and
 * shares beside them, could cost at expiry, looked at where such a sum can turn, at zero and at each strike. Longs count only where
 * they last as long as every short. Undefined where nothing bounds it: more calls sold than calls and shares are there for.
 */
export function securedOn(
  exchange: Exchange,
  underlying: Listed["option"]["underlying"],
  additions: readonly Addition[] = [],
  without?: Working,
): Money | undefined {
  if (exchange.settings.optionShorts !== true) return zeroMoney;
  const legs = exchange.options.on(underlying).map((listed): Leg => ({ listed, lots: couldHold(listed.asset, additions, without) }));
  const shorts = legs.filter(({ lots }) => lots < 0);
  if (shorts.length === 0) return zeroMoney;
  const lasting = Math.max(...shorts.map(({ listed }) => listed.endsMs));
  const counted = legs.filter(({ listed, lots }) => lots < 0 || (lots > 0 && listed.endsMs >= lasting));
  const shares = exchange.assetOf(underlying);
  const held =
    shares === undefined ? zeroQuantity : quantityOfLots(Math.max(0, couldHold(shares, additions, without)), shares.instrument.lot);
  if (slopeAbove(counted) + held < 0n) return undefined;
  let most = zeroMoney;
  for (const at of [0n, ...counted.map(({ listed }) => listed.option.strike)])
    most = larger(most, negate(worthAt(counted, held, priceOfUnits(at))));
  return most;
}

/** The least that could be held of an asset once its sales have filled: purchases are no cover before they have. */
function couldHold(asset: Asset, additions: readonly Addition[], without: Working | undefined): number {
  let lots = asset.held;
  for (const order of asset.orders)
    if (!order.buying && order !== without && isLive(order) && !order.terms.reduceOnly) lots -= order.lots - order.filled;
  for (const each of additions) if (each.asset === asset) lots += each.lots;
  return lots;
}

const unitsOf = ({ listed, lots }: Leg): Quantity =>
  quantityOfUnits((quantityOfLots(lots, listed.option.lot) * listed.option.multiplier) / exactOne);

/** Shares that all calls together would be, far above every strike. */
const slopeAbove = (legs: readonly Leg[]): bigint =>
  legs.reduce((sum, leg) => (leg.listed.option.right === "call" ? sum + unitsOf(leg) : sum), 0n);

const one = quantityOfUnits(exactOne);

function worthAt(legs: readonly Leg[], shares: Quantity, at: Price): Money {
  let worth = notional(at, shares, one, "down");
  for (const leg of legs) {
    const { right, strike } = leg.listed.option;
    const inside = right === "call" ? at - strike : strike - at;
    if (inside > 0n) worth = plus(worth, notional(priceOfUnits(inside), unitsOf(leg), one, "down"));
  }
  return worth;
}

/** How much more an order would have to have behind it than there is now; undefined where nothing could be enough. */
export function securedMore(exchange: Exchange, asset: Asset, lots: number, without: Working | undefined): Money | undefined {
  if (exchange.settings.optionShorts !== true) return zeroMoney;
  const { instrument } = asset;
  const underlying = instrument.kind === "option" ? instrument.underlying : instrument.id;
  const wanted = securedOn(exchange, underlying, [{ asset, lots }], without);
  if (wanted === undefined) return undefined;
  return minus(wanted, securedOn(exchange, underlying, [], without) ?? moneyOfUnits(0n));
}

/** Behind all short options of the account, as they stand. */
export function securedNow(exchange: Exchange, without: Working | undefined): Money {
  if (exchange.settings.optionShorts !== true) return zeroMoney;
  let sum = zeroMoney;
  for (const underlying of exchange.options.underlyings) sum = plus(sum, securedOn(exchange, underlying, [], without) ?? zeroMoney);
  return sum;
}
