import { minus, negate, notional, plus, proportion, zeroMoney, type Money } from "../../words/money.ts";
import type { CostMethod } from "../../words/order-words.ts";
import type { Price } from "../../words/price.ts";
import { lesser, magnitude, opposed, quantityMinus, quantityPlus, zeroQuantity, type Quantity } from "../../words/quantity.ts";
import { opposite, type Side } from "../../words/side.ts";
import { addLot, releaseCost, signedCost, type Holding } from "./holding.ts";
import type { Account, Entry } from "./posting.ts";

export type Trade = {
  readonly side: Side;
  readonly quantity: Quantity;
  readonly price: Price;
  readonly fee: Money;
  /** What changed hands, where it is not to be reckoned from quantity and price. */
  readonly value?: Money;
  readonly at: Temporal.Instant;
};

/**
 * A busted execution as a trade back at the same price with its fee returned. Equity is as though it had never happened; how that
 * divides into realised and unrealised is as though it had been traded back.
 */
export const tradedBack = ({ fill, at }: { readonly fill: Trade; readonly at: Temporal.Instant }): Trade => ({
  side: opposite[fill.side],
  quantity: fill.quantity,
  price: fill.price,
  ...(fill.value === undefined ? {} : { value: fill.value }),
  fee: negate(fill.fee),
  at,
});

export type TradeEffect = {
  /** Above zero for a buy: what the whole trade was worth. */
  readonly signedValue: Money;
  readonly realised: Money;
  /** By how much the signed cost of what is held rose. */
  readonly signedCostChange: Money;
  /** What the trade closed, of how much, both unsigned; zero of zero when it only opened. */
  readonly closed: Quantity;
  readonly heldBefore: Quantity;
};

/**
 * One trade in, the holding changed, its effect out. A trade through zero closes what is held and opens the rest as a new position
 * with its own cost, `openedAt` and results; its fee is split by quantity, as venues charge it on the notional of each part.
 */
export function bookTrade(holding: Holding, trade: Trade, method: CostMethod): TradeEffect {
  const held = holding.quantity;
  const buys = trade.side === "buy";
  const closes = buys ? held < 0n : held > 0n;
  const heldBefore = magnitude(held);
  const closed = closes ? lesser(heldBefore, trade.quantity) : zeroQuantity;
  const opened = quantityMinus(trade.quantity, closed);
  const { multiplier } = holding.instrument;
  const value = trade.value ?? notional(trade.price, trade.quantity, multiplier, "half_even");
  const valueClosed = closed === 0n ? zeroMoney : opened === 0n ? value : notional(trade.price, closed, multiplier, "half_even");
  const feeClosed = opened === 0n ? trade.fee : proportion(trade.fee, closed, trade.quantity, "half_even");
  const costBefore = signedCost(holding);
  let realised = zeroMoney;

  if (closed > 0n) {
    const released = releaseCost(holding, closed);
    realised = buys ? minus(released, valueClosed) : minus(valueClosed, released);
    holding.realised = plus(holding.realised, realised);
    holding.fees = plus(holding.fees, feeClosed);
  }
  if (opened > 0n) {
    if (closed === heldBefore) startAnew(holding, trade.at);
    addLot(holding, opened, minus(value, valueClosed), method);
    holding.fees = plus(holding.fees, minus(trade.fee, feeClosed));
  }
  holding.quantity = quantityPlus(held, buys ? trade.quantity : opposed(trade.quantity));

  return {
    signedValue: buys ? value : negate(value),
    realised,
    signedCostChange: minus(signedCost(holding), costBefore),
    closed,
    heldBefore,
  };
}

function startAnew(holding: Holding, at: Temporal.Instant): void {
  holding.openedAt = at;
  holding.realised = zeroMoney;
  holding.fees = zeroMoney;
  holding.funding = zeroMoney;
}

/**
 * What a trade moves between accounts. A perpetual moves its result alone, and out of `margin` (its isolated collateral) the closed
 * share; an asset bought with cash moves its whole value, and inventory by its cost.
 */
export function entriesOf(holding: Holding, effect: TradeEffect, fee: Money, margin: Money): Entry[] {
  const returned = effect.closed === 0n || margin === 0n ? zeroMoney : proportion(margin, effect.closed, effect.heldBefore, "half_even");
  const gained = holding.perpetual ? plus(effect.realised, returned) : negate(effect.signedValue);
  const entries: Entry[] = [];
  add(entries, "cash", minus(gained, fee));
  add(entries, "realised", negate(effect.realised));
  add(entries, "fees", fee);
  if (!holding.perpetual) add(entries, holding.inventoryAccount, effect.signedCostChange);
  add(entries, holding.marginAccount, negate(returned));
  return entries;
}

function add(to: Entry[], account: Account, amount: Money): void {
  if (amount !== 0n) to.push({ account, amount });
}
