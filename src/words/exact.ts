import { invariant } from "./invariant.ts";
import { err, ok, type Result } from "./result.ts";

/**
 * Every exact number (money, price, quantity, rate) is a bigint counting units of 10^-12.
 * One scale for all, so that adding and comparing never rescales; see docs/decisions/2026-11-21-exact-scale.md.
 */
export const exactDecimals = 12;
export const exactOne = 1_000_000_000_000n;

/** `down` and `up` are toward minus and plus infinity; `zero` truncates; `half_even` is banker's rounding. */
export type Rounding = "down" | "up" | "zero" | "half_even";

export type NotANumber = { readonly code: "not_a_number" | "too_precise" | "too_large"; readonly text: string };

const shape = /^([+-]?)(\d{1,24})(?:\.(\d{0,40}))?$/;
const scientific = /^([+-]?\d{1,24}(?:\.\d{0,40})?)[eE]([+-]?\d{1,2})$/;

/** Reads a plain or scientific decimal exactly; digits below 10^-12 are refused, never dropped, unless they are zeros. */
export function parseExact(text: string): Result<bigint, NotANumber> {
  const short = shortExact(text);
  if (short !== undefined) return ok(short);
  const match = shape.exec(text);
  if (match === null) return parseScientific(text);
  const [, sign, whole = "0", fraction = ""] = match;
  const tail = fraction.slice(exactDecimals);
  if (/[1-9]/.test(tail)) return err({ code: "too_precise", text });
  const units = BigInt(whole + fraction.slice(0, exactDecimals).padEnd(exactDecimals, "0"));
  return ok(sign === "-" ? -units : units);
}

const powersOfTen = Array.from({ length: exactDecimals + 1 }, (_, exponent) => 10n ** BigInt(exponent));
/** Sign, point and 15 digits, which a double holds exactly. */
const shortMax = 16;

/** A plain decimal that fits a double, as nearly every price and amount does, in a fifth of the time that the rest takes. */
function shortExact(text: string): bigint | undefined {
  const { length } = text;
  if (length > shortMax) return undefined;
  const negative = text.charCodeAt(0) === 0x2d;
  let digits = 0;
  let decimals = -1;
  let mantissa = 0;
  for (let at = negative ? 1 : 0; at < length; at++) {
    const code = text.charCodeAt(at);
    if (code >= 0x30 && code <= 0x39) {
      mantissa = mantissa * 10 + code - 0x30;
      digits++;
      if (decimals >= 0) decimals++;
    } else if (code === 0x2e && decimals < 0) decimals = 0;
    else return undefined;
  }
  const scale = powersOfTen[exactDecimals - Math.max(0, decimals)];
  if (scale === undefined || digits === 0 || digits === shortMax || digits === decimals) return undefined;
  return BigInt(negative ? -mantissa : mantissa) * scale;
}

function parseScientific(text: string): Result<bigint, NotANumber> {
  const match = scientific.exec(text);
  if (match === null) return err({ code: /^[+-]?\d{25,}/.test(text) ? "too_large" : "not_a_number", text });
  const mantissa = match[1] ?? "";
  const exponent = Number(match[2]);
  const [whole = "0", fraction = ""] = mantissa.replace(/^[+-]/, "").split(".");
  const digits = whole + fraction;
  const point = whole.length + exponent;
  const plain =
    point <= 0
      ? `0.${"0".repeat(-point)}${digits}`
      : digits.length <= point
        ? digits.padEnd(point, "0")
        : `${digits.slice(0, point)}.${digits.slice(point)}`;
  // Zeros at either end carry nothing: 0e99 is zero, and 1e-99 is too precise, not too large.
  const bare = plain.replace(/^0+(?=\d)/, "").replace(/(\.\d*?)0+$/, "$1");
  if (!shape.test(bare)) return err({ code: exponent < 0 ? "too_precise" : "too_large", text });
  const read = parseExact(mantissa.startsWith("-") ? `-${bare}` : bare);
  return read.ok ? read : err({ ...read.error, text });
}

/** The shortest decimal that reads back as the same number: no exponent, no trailing zeros. */
export function formatExact(units: bigint): string {
  const negative = units < 0n;
  const digits = (negative ? -units : units).toString();
  const { length } = digits;
  let end = length;
  const point = length - exactDecimals;
  while (end > point && end > 0 && digits.charCodeAt(end - 1) === 48) end--;
  if (end === 0) return "0";
  const whole = point > 0 ? digits.slice(0, point) : "0";
  const body =
    end <= point ? whole : point >= 0 ? `${whole}.${digits.slice(point, end)}` : `0.${"0".repeat(-point)}${digits.slice(0, end)}`;
  return negative ? `-${body}` : body;
}

/** Integer division with a named direction; `divisor` must not be zero. */
export function divideUnits(dividend: bigint, divisor: bigint, rounding: Rounding): bigint {
  invariant(divisor !== 0n, "nothing is divided by zero");
  // Above zero two of the directions need no rest, which costs as much as the quotient.
  if (dividend > 0n && divisor > 0n) {
    if (rounding === "down" || rounding === "zero") return dividend / divisor;
    if (rounding === "up") return (dividend - 1n) / divisor + 1n;
  }
  const quotient = dividend / divisor;
  const rest = dividend % divisor;
  if (rest === 0n) return quotient;
  const positive = rest > 0n === divisor > 0n;
  switch (rounding) {
    case "zero":
      return quotient;
    case "down":
      return positive ? quotient : quotient - 1n;
    case "up":
      return positive ? quotient + 1n : quotient;
    case "half_even": {
      const twice = (rest < 0n ? -rest : rest) * 2n;
      const whole = divisor < 0n ? -divisor : divisor;
      const away = twice > whole || (twice === whole && quotient % 2n !== 0n);
      return away ? (positive ? quotient + 1n : quotient - 1n) : quotient;
    }
  }
}

/** The product of two exact numbers, back on the one scale. */
export const multiplyExact = (left: bigint, right: bigint, rounding: Rounding): bigint => divideUnits(left * right, exactOne, rounding);

/** The quotient of two exact numbers, back on the one scale. */
export const divideExact = (dividend: bigint, divisor: bigint, rounding: Rounding): bigint =>
  divideUnits(dividend * exactOne, divisor, rounding);

/** The nearest multiple of `step` in the named direction: prices to ticks, quantities to lots. */
export const roundToStep = (units: bigint, step: bigint, rounding: Rounding): bigint => divideUnits(units, step, rounding) * step;

/** For charts, statistics and screening only: a double near the exact number. */
export const approximately = (units: bigint): number => Number(units) / 1e12;

/** How many decimals an exact number uses: 0.00010 uses four. */
export function decimalsOf(units: bigint): number {
  const [, fraction = ""] = formatExact(units).split(".");
  return fraction.length;
}
