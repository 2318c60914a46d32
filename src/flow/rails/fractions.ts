import { approximately, divideUnits, exactOne, parseExact } from "../../words/exact.ts";
import { invariant } from "../../words/invariant.ts";
import { moneyOfUnits, type Money } from "../../words/money.ts";
import { bps } from "../../words/rate.ts";

/** One basis point in units of 10^-12. */
const pointUnits = 100_000_000n;

/** A limit in basis points as a fraction in units of 10^-12. NaN and infinity throw, and so end as a refusal. */
export const fractionOfBps = (points: number): bigint => (Number.isSafeInteger(points) ? BigInt(points) * pointUnits : bps(points));

/** A limit in multiples, such as leverage, in units of 10^-12; above zero, or it throws and so ends as a refusal. */
export function unitsOfMultiple(times: number): bigint {
  invariant(times > 0, "a multiple is above zero");
  if (Number.isSafeInteger(times)) return BigInt(times) * exactOne;
  const read = parseExact(String(times));
  invariant(read.ok, "a multiple is a number with at most 12 decimals");
  return read.value;
}

/** The part of equity that a limit in basis points allows, rounded down: a total in whole units is within one exactly if within the other. */
export const shareOfEquity = (equity: Money, points: number): Money =>
  moneyOfUnits(
    Number.isSafeInteger(points)
      ? divideUnits(equity * BigInt(points), 10_000n, "down")
      : divideUnits(equity * fractionOfBps(points), exactOne, "down"),
  );

// Whole multiples, which leverages nearly always are, give the same numbers without the scale: every rail of margin asks.

/** An amount over a multiple, rounded up. */
export const overMultiple = (amount: bigint, times: number): bigint =>
  isWhole(times) ? divideUnits(amount, BigInt(times), "up") : divideUnits(amount * exactOne, unitsOfMultiple(times), "up");

/** An amount times a multiple, rounded down. */
export const timesMultiple = (amount: bigint, times: number): bigint =>
  isWhole(times) ? amount * BigInt(times) : divideUnits(amount * unitsOfMultiple(times), exactOne, "down");

const isWhole = (times: number): boolean => times > 0 && Number.isSafeInteger(times);

/** For evidence: `part` of `whole` (above zero) in basis points, to six decimals; rails compare by cross-multiplying and never with this. */
export const bpsBetween = (part: bigint, whole: bigint): number => bpsOfParts(approximately(part), approximately(whole));

/** The same where both are doubles already. */
export const bpsOfParts = (part: number, whole: number): number => sixDecimals((part / whole) * 10_000);

/** For evidence: how many times `whole` (above zero) goes into `part`, to six decimals. */
export const timesBetween = (part: bigint, whole: bigint): number => sixDecimals(approximately(part) / approximately(whole));

/** Zero is added since a minus before it would not survive the journal. */
const sixDecimals = (value: number): number => Math.round(value * 1e6) / 1e6 + 0;

export const sizeOf = (units: bigint): bigint => (units < 0n ? 0n - units : units);
