import type { Brand } from "./brand.ts";
import { divideUnits, exactOne, multiplyExact, parseExact, type NotANumber, type Rounding } from "./exact.ts";
import { invariant } from "./invariant.ts";
import type { Price } from "./price.ts";
import type { Quantity } from "./quantity.ts";
import type { Rate } from "./rate.ts";
import { ok, type Result } from "./result.ts";

/** An amount of the account's settlement currency, in units of 10^-12. Never a float. */
export type Money = Brand<bigint, "Money">;

export const zeroMoney = 0n as Money;

export function parseMoney(text: string): Result<Money, NotANumber> {
  const read = parseExact(text);
  return read.ok ? ok(read.value as Money) : read;
}

/** For literals we wrote ourselves: a bad one is a bug, so it throws. */
export function money(text: string): Money {
  const read = parseMoney(text);
  invariant(read.ok, `${text} is an amount of money`);
  return read.value;
}

/** The codec's door: `units` were minted here once and come back from the journal. */
export const moneyOfUnits = (units: bigint): Money => units as Money;

export const plus = (left: Money, right: Money): Money => (left + right) as Money;
export const minus = (left: Money, right: Money): Money => (left - right) as Money;
export const negate = (amount: Money): Money => (0n - amount) as Money;
export const absolute = (amount: Money): Money => (amount < 0n ? 0n - amount : amount) as Money;
export const smaller = (left: Money, right: Money): Money => (left < right ? left : right);
export const larger = (left: Money, right: Money): Money => (left > right ? left : right);
export const sum = (amounts: Iterable<Money>): Money => {
  let total = 0n;
  for (const amount of amounts) total += amount;
  return total as Money;
};

/** What `quantity` is worth at `price`; exact (no rounding ever happens) when tick, lot and multiplier use at most 12 decimals together. */
export const notional = (price: Price, quantity: Quantity, multiplier: Quantity, rounding: Rounding): Money =>
  (multiplier === exactOne
    ? multiplyExact(price, quantity, rounding)
    : divideUnits(price * quantity * multiplier, exactOne * exactOne, rounding)) as Money;

/** A share of an amount: a fee of a notional, a limit of equity. */
export const timesRate = (amount: Money, rate: Rate, rounding: Rounding): Money => multiplyExact(amount, rate, rounding) as Money;

/** The part of an amount that goes with `part` of `whole`: the cost of a partly closed position. */
export const proportion = (amount: Money, part: Quantity, whole: Quantity, rounding: Rounding): Money =>
  divideUnits(amount * part, whole, rounding) as Money;

/** An amount split over `count` equal parts. */
export const over = (amount: Money, count: number, rounding: Rounding): Money => divideUnits(amount, BigInt(count), rounding) as Money;
