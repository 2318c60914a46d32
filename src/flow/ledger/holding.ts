import type { Instrument } from "../../words/instrument.ts";
import { present } from "../../words/invariant.ts";
import { minus, negate, plus, proportion, zeroMoney, type Money } from "../../words/money.ts";
import type { CostMethod, MarginMode } from "../../words/order-words.ts";
import { averagePrice } from "../../words/price.ts";
import {
  lesser,
  magnitude,
  opposed,
  quantityMinus,
  quantityPlus,
  quantityTimes,
  zeroQuantity,
  type Quantity,
} from "../../words/quantity.ts";
import type { Position } from "../portfolio/position.ts";
import type { Account } from "./posting.ts";

type Lot = { quantity: Quantity; cost: Money };

/**
 * The ledger's own mutable page for one instrument: lots in, `Position` records out. It lives from the first fill (or the first
 * isolated margin) until it is flat and holds no margin.
 */
export type Holding = {
  readonly instrument: Instrument;
  readonly perpetual: boolean;
  readonly inventoryAccount: Account;
  readonly marginAccount: Account;
  quantity: Quantity;
  cost: Money;
  /** Unsigned, oldest first; under average cost there is one. */
  readonly lots: Lot[];
  marginMode: MarginMode;
  openedAt: Temporal.Instant;
  realised: Money;
  fees: Money;
  funding: Money;
};

export type HoldingAccounts = Pick<Holding, "inventoryAccount" | "marginAccount">;

export const accountsOf = ({ id }: Instrument): HoldingAccounts => ({ inventoryAccount: `inventory:${id}`, marginAccount: `margin:${id}` });

export const newHolding = (
  instrument: Instrument,
  marginMode: MarginMode,
  at: Temporal.Instant,
  { inventoryAccount, marginAccount }: HoldingAccounts = accountsOf(instrument),
): Holding => ({
  instrument,
  perpetual: instrument.kind === "perpetual",
  inventoryAccount,
  marginAccount,
  quantity: zeroQuantity,
  cost: zeroMoney,
  lots: [],
  marginMode: instrument.kind === "perpetual" ? marginMode : "cross",
  openedAt: at,
  realised: zeroMoney,
  fees: zeroMoney,
  funding: zeroMoney,
});

/** The cost with the position's sign: what a long paid, minus what a short received. */
export const signedCost = (of: Holding): Money => (of.quantity < 0n ? negate(of.cost) : of.cost);

/** Adds unsigned `quantity` bought (or sold short) for `cost` to a holding whose sign the caller sets. */
export function addLot(to: Holding, quantity: Quantity, cost: Money, method: CostMethod): void {
  const first = to.lots[0];
  if (method === "average" && first !== undefined) {
    first.quantity = quantityPlus(first.quantity, quantity);
    first.cost = plus(first.cost, cost);
  } else to.lots.push({ quantity, cost });
  to.cost = plus(to.cost, cost);
}

/**
 * Takes unsigned `quantity` off the oldest lots and says what it had cost. A part of a lot takes its share rounded half to even and
 * leaves the rest behind, so that costs taken and left always add up to costs paid, and a full close takes everything.
 */
export function releaseCost(from: Holding, quantity: Quantity): Money {
  let wanted = quantity;
  let released = zeroMoney;
  while (wanted > 0n) {
    const lot = present(from.lots[0], "no more is closed than is held");
    const taken = lesser(wanted, lot.quantity);
    const cost = proportion(lot.cost, taken, lot.quantity, "half_even");
    released = plus(released, cost);
    lot.quantity = quantityMinus(lot.quantity, taken);
    lot.cost = minus(lot.cost, cost);
    if (lot.quantity === 0n) from.lots.shift();
    wanted = quantityMinus(wanted, taken);
  }
  from.cost = minus(from.cost, released);
  return released;
}

/** What that quantity had cost, with nothing taken off. */
export const costOfOldest = (of: Holding, quantity: Quantity): Money =>
  releaseCost({ ...of, lots: of.lots.map((lot) => ({ ...lot })) }, quantity);

/** The same cost in other shares: every `from` became `into`. A venue pays fractions out before, so nothing is rounded away. */
export function splitHolding(of: Holding, from: number, into: number): Holding {
  const split = (quantity: Quantity): Quantity => quantityTimes(quantity, into, from);
  for (const lot of of.lots) lot.quantity = split(lot.quantity);
  // The sum of the lots and not the sum split, so that rounding cannot part the two.
  const held = of.lots.reduce((sum, { quantity }) => quantityPlus(sum, quantity), zeroQuantity);
  of.quantity = of.quantity < 0n ? opposed(held) : held;
  return of;
}

/** All of `from` moves to the page `to`, which is new, as `times` as many at the same cost. */
export function adjustHolding(from: Holding, to: Holding, times: number): void {
  to.lots.push(...from.lots.splice(0));
  [to.quantity, to.cost, to.openedAt] = [from.quantity, from.cost, from.openedAt];
  [to.realised, to.fees, to.funding] = [from.realised, from.fees, from.funding];
  [from.quantity, from.cost] = [zeroQuantity, zeroMoney];
  splitHolding(to, 1, times);
}

export function charged(of: Holding, fee: Money): Holding {
  of.fees = plus(of.fees, fee);
  return of;
}

export const positionOf = (of: Holding, isolatedMargin: Money): Position => ({
  instrument: of.instrument.id,
  quantity: of.quantity,
  cost: of.cost,
  averageEntry: averagePrice(of.cost, magnitude(of.quantity), of.instrument.multiplier, "half_even"),
  openedAt: of.openedAt,
  marginMode: of.marginMode,
  isolatedMargin,
  realised: of.realised,
  fees: of.fees,
  funding: of.funding,
});
