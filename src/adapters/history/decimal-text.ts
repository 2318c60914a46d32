import { divideUnits, exactDecimals, parseExact } from "../../words/exact.ts";
import { err, ok, type Result } from "../../words/result.ts";

export const decimalsMax = exactDecimals;
/** Numbers from here on are refused: with 12 decimals they would not fit the 38 digits that Parquet keeps. */
const tooLargeFrom = 10n ** 14n;

export type NumberFault = { readonly rule: "empty_cell" | "not_a_number" | "too_precise" | "too_large"; readonly detail: string };
type Decimal = { readonly mantissa: bigint; readonly decimals: number };

const shape = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d{1,3}))?$/;

/** Reads a plain or scientific decimal as written, with the point moved `shift` places to the left; trailing zeros are not decimals. */
export function readDecimal(text: string, shift: number): Result<Decimal, NumberFault> {
  if (text === "") return err({ rule: "empty_cell", detail: "is empty" });
  const exact = shift === 0 ? parseExact(text) : undefined;
  if (exact?.ok === true) return bounded(trimmed(exact.value, exactDecimals), text);
  const match = shape.exec(text);
  if (match === null || (match[2] ?? "") + (match[3] ?? "") === "")
    return err({ rule: "not_a_number", detail: `"${text}" is not a number` });
  const fraction = match[3] ?? "";
  const places = fraction.length - Number(match[4] ?? "0") + shift;
  if (places > 60 || places < -40 || text.length > 80) return err({ rule: "too_large", detail: `"${text.slice(0, 40)}" is out of range` });
  const digits = BigInt((match[2] ?? "") + fraction);
  const mantissa = match[1] === "-" ? -digits : digits;
  return bounded(places < 0 ? { mantissa: mantissa * 10n ** BigInt(-places), decimals: 0 } : trimmed(mantissa, places), text);
}

function trimmed(mantissa: bigint, decimals: number): Decimal {
  let whole = mantissa;
  let places = whole === 0n ? 0 : decimals;
  while (places > 0 && whole % 10n === 0n) {
    whole /= 10n;
    places--;
  }
  return { mantissa: whole, decimals: places };
}

function bounded(of: Decimal, text: string): Result<Decimal, NumberFault> {
  const magnitude = of.mantissa < 0n ? -of.mantissa : of.mantissa;
  return magnitude >= tooLargeFrom * 10n ** BigInt(of.decimals) ? err({ rule: "too_large", detail: `"${text}" is out of range` }) : ok(of);
}

/** Half even, as banks do: the only way digits are ever dropped, and only when asked for. */
export const roundedTo = (of: Decimal, decimals: number): Decimal =>
  trimmed(divideUnits(of.mantissa, 10n ** BigInt(of.decimals - decimals), "half_even"), decimals);
