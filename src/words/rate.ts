import type { Brand } from "./brand.ts";
import { divideExact, exactOne, parseExact, type NotANumber, type Rounding } from "./exact.ts";
import { invariant } from "./invariant.ts";
import { ok, type Result } from "./result.ts";

/** A dimensionless fraction (a fee, a funding rate, a margin rate), in units of 10^-12: 0.0004 is four basis points. */
export type Rate = Brand<bigint, "Rate">;

export function parseRate(text: string): Result<Rate, NotANumber> {
  const read = parseExact(text);
  return read.ok ? ok(read.value as Rate) : read;
}

/** For literals we wrote ourselves: a bad one is a bug, so it throws. */
export function rate(text: string): Rate {
  const read = parseRate(text);
  invariant(read.ok, `${text} is a rate`);
  return read.value;
}

/** The codec's door. */
export const rateOfUnits = (units: bigint): Rate => units as Rate;

/** Basis points as a fraction: 25 is 0.0025. Up to eight decimals of a point are kept, which are exactly the scale's units. */
export function bps(points: number): Rate {
  const units = Math.round(points * 1e8);
  invariant(Number.isSafeInteger(units), `${points} is a number of basis points`);
  return BigInt(units) as Rate;
}

/** A strategy's float as an exact factor of six decimals, so that what is computed from it is the same on every machine. */
export function factor(value: number): Rate {
  const millionths = Math.round(value * 1e6);
  invariant(Number.isSafeInteger(millionths), `${value} is a factor`);
  return (BigInt(millionths) * 1_000_000n) as Rate;
}

/** One plus or minus a rate, to move a price by it. */
export const onePlus = (of: Rate): Rate => (exactOne + of) as Rate;
export const oneMinus = (of: Rate): Rate => (exactOne - of) as Rate;

/** How many times `whole` goes into `part`: exposure to equity, distance to price. */
export const ratio = (part: bigint, whole: bigint, rounding: Rounding): Rate => divideExact(part, whole, rounding) as Rate;
