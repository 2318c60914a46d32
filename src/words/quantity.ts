import type { Brand } from "./brand.ts";
import { divideUnits, exactOne, multiplyExact, parseExact, roundToStep, type NotANumber, type Rounding } from "./exact.ts";
import { invariant } from "./invariant.ts";
import type { Money } from "./money.ts";
import type { Price } from "./price.ts";
import type { Rate } from "./rate.ts";
import { ok, type Result } from "./result.ts";

/** Shares, contracts or coins, in units of 10^-12. Orders carry it unsigned beside a `Side`; a position's sign is its direction. */
export type Quantity = Brand<bigint, "Quantity">;

export const zeroQuantity = 0n as Quantity;

export function parseQuantity(text: string): Result<Quantity, NotANumber> {
  const read = parseExact(text);
  return read.ok ? ok(read.value as Quantity) : read;
}

/** For literals we wrote ourselves: a bad one is a bug, so it throws. */
export function quantity(text: string): Quantity {
  const read = parseQuantity(text);
  invariant(read.ok, `${text} is a quantity`);
  return read.value;
}

/** The codec's door. */
export const quantityOfUnits = (units: bigint): Quantity => units as Quantity;

/** From the hot path's integer lots, which are exact below 2^53. */
export function quantityOfLots(lots: number, lot: Quantity): Quantity {
  invariant(Number.isSafeInteger(lots), "lots are whole numbers below 2^53");
  return (BigInt(lots) * lot) as Quantity;
}

/** To the hot path's integer lots; a quantity off the grid is a bug of the caller, who must round first. */
export function lotsOfQuantity(of: Quantity, lot: Quantity): number {
  invariant(of % lot === 0n, "a quantity on the hot path is a whole number of lots");
  const lots = Number(of / lot);
  invariant(Number.isSafeInteger(lots), "lots are whole numbers below 2^53");
  return lots;
}

export const toLot = (of: Quantity, lot: Quantity, rounding: Rounding): Quantity => roundToStep(of, lot, rounding) as Quantity;
export const quantityPlus = (left: Quantity, right: Quantity): Quantity => (left + right) as Quantity;
export const quantityMinus = (left: Quantity, right: Quantity): Quantity => (left - right) as Quantity;
export const magnitude = (of: Quantity): Quantity => (of < 0n ? 0n - of : of) as Quantity;
export const opposed = (of: Quantity): Quantity => (0n - of) as Quantity;
export const lesser = (left: Quantity, right: Quantity): Quantity => (left < right ? left : right);
export const shareOf = (of: Quantity, rate: Rate, rounding: Rounding): Quantity => multiplyExact(of, rate, rounding) as Quantity;

/** `of` × `times` / `over`, for shares that are split. */
export const quantityTimes = (of: Quantity, times: number, over: number): Quantity =>
  divideUnits(of * BigInt(times), BigInt(over), "half_even") as Quantity;

/** How much `amount` buys at `price`; `price` must be above zero. */
export const quantityFor = (amount: Money, at: Price, multiplier: Quantity, rounding: Rounding): Quantity =>
  divideUnits(amount * exactOne * exactOne, at * multiplier, rounding) as Quantity;
