import type { Brand } from "./brand.ts";
import { divideUnits, exactOne, multiplyExact, parseExact, roundToStep, type NotANumber, type Rounding } from "./exact.ts";
import { invariant } from "./invariant.ts";
import type { Money } from "./money.ts";
import type { Quantity } from "./quantity.ts";
import type { Rate } from "./rate.ts";
import { ok, type Result } from "./result.ts";

/** Settlement currency per one unit of the instrument, in units of 10^-12. */
export type Price = Brand<bigint, "Price">;

export function parsePrice(text: string): Result<Price, NotANumber> {
  const read = parseExact(text);
  return read.ok ? ok(read.value as Price) : read;
}

/** For literals we wrote ourselves: a bad one is a bug, so it throws. */
export function price(text: string): Price {
  const read = parsePrice(text);
  invariant(read.ok, `${text} is a price`);
  return read.value;
}

/** The codec's door. */
export const priceOfUnits = (units: bigint): Price => units as Price;

/** From the hot path's integer ticks, which are exact below 2^53. */
export function priceOfTicks(ticks: number, tick: Price): Price {
  invariant(Number.isSafeInteger(ticks), "ticks are whole numbers below 2^53");
  return (BigInt(ticks) * tick) as Price;
}

/** To the hot path's integer ticks; a price off the grid is a bug of the caller, who must round first. */
export function ticksOfPrice(of: Price, tick: Price): number {
  invariant(of % tick === 0n, "a price on the hot path is a whole number of ticks");
  const ticks = Number(of / tick);
  invariant(Number.isSafeInteger(ticks), "ticks are whole numbers below 2^53");
  return ticks;
}

export const toTick = (of: Price, tick: Price, rounding: Rounding): Price => roundToStep(of, tick, rounding) as Price;
export const plusPrice = (left: Price, right: Price): Price => (left + right) as Price;
export const distance = (left: Price, right: Price): Price => (left > right ? left - right : right - left) as Price;
export const priceTimes = (of: Price, rate: Rate, rounding: Rounding): Price => multiplyExact(of, rate, rounding) as Price;

/** The average price at which `cost` bought `quantity`. */
export const averagePrice = (cost: Money, quantity: Quantity, multiplier: Quantity, rounding: Rounding): Price =>
  divideUnits(cost * exactOne * exactOne, quantity * multiplier, rounding) as Price;

/** From an indicator's float to the nearest tick in the named direction: the one way a computed level becomes a price. */
export function priceNear(value: number, tick: Price, rounding: "down" | "up"): Price | undefined {
  const steps = value / (Number(tick) / 1e12);
  // A level within a millionth of a tick is on it: the float came from a price, and must go back to it.
  const near = Math.round(steps);
  const ticks = Math.abs(steps - near) < 1e-6 ? near : rounding === "down" ? Math.floor(steps) : Math.ceil(steps);
  return Number.isSafeInteger(ticks) ? priceOfTicks(ticks, tick) : undefined;
}
