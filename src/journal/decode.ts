import { parseExact } from "../words/exact.ts";
import { err, ok, type Result } from "../words/result.ts";
import type { Holds } from "./exact-fields.ts";
import { fieldOf, type Field } from "./field.ts";

/** `what` says which field and what would be right. */
export type BadText = { readonly code: "not_json" | "bad_field"; readonly what: string };

/** Leaves a walk that has found a fault; it never leaves this file. */
class Unreadable extends Error {}

/** What `encode` wrote: decimal strings of exact fields are bigints again and ISO strings are instants. */
export function decode(text: string): Result<Readonly<Record<string, unknown>>, BadText> {
  let raw: unknown;
  try {
    raw = JSON.parse(text);
  } catch (fault) {
    return err({ code: "not_json", what: fault instanceof Error ? fault.message : "not JSON" });
  }
  if (typeof raw !== "object" || raw === null || Array.isArray(raw)) return err({ code: "not_json", what: "the text is one JSON object" });
  try {
    revive(raw as Record<string, unknown>, "other");
    return ok(raw as Record<string, unknown>);
  } catch (fault) {
    if (fault instanceof Unreadable) return err({ code: "bad_field", what: fault.message });
    throw fault;
  }
}

/** Works in place: the object is fresh from the parser and nobody else holds it. */
function revive(within: Record<string, unknown>, holds: Holds): void {
  const plain = holds === "plain";
  for (const key in within) {
    if (key === "__proto__") throw new Unreadable("no field is named __proto__");
    const value = within[key];
    const field = fieldOf(key);
    const held = plain ? "plain" : field.holds;
    if (typeof value === "object") {
      if (Array.isArray(value)) reviveList(value, field, held);
      else if (value !== null) revive(value as Record<string, unknown>, held);
    } else if (held !== "other" && held !== "plain") within[key] = revived(value, field, held);
  }
}

function reviveList(values: unknown[], field: Field, holds: Holds): void {
  for (let index = 0; index < values.length; index++) {
    const value: unknown = values[index];
    if (typeof value === "object") {
      if (Array.isArray(value)) reviveList(value, field, holds);
      else if (value !== null) revive(value as Record<string, unknown>, holds);
    } else if (holds !== "other" && holds !== "plain") values[index] = revived(value, field, holds);
  }
}

function revived(value: unknown, field: Field, holds: "exact" | "exact_or_number" | "instant"): unknown {
  if (typeof value === "boolean" || (typeof value === "number" && holds === "exact_or_number")) return value;
  if (typeof value === "string") {
    const read = holds === "instant" ? instantOf(value) : unitsOf(value);
    if (read !== undefined) return read;
  }
  const right = holds === "instant" ? "an instant in UTC such as 2026-01-02T03:04:05Z" : "a decimal in quotes";
  throw new Unreadable(`${field.name} is ${right}, not ${JSON.stringify(value)}`);
}

const powersOfTen = Array.from({ length: 13 }, (_, exponent) => 10n ** BigInt(exponent));
/** Sign, point and 15 digits, which a double holds exactly. */
const shortMax = 16;

/** As `parseExact`, but without a regular expression where the digits fit a double: rebuilding state reads millions of these. */
function unitsOf(text: string): bigint | undefined {
  const length = text.length;
  const negative = text.charCodeAt(0) === 45;
  let digits = 0;
  let decimals = -1;
  let mantissa = 0;
  for (let index = negative ? 1 : 0; index < length; index++) {
    const code = text.charCodeAt(index);
    if (code === 46 && decimals < 0 && digits > 0) decimals = 0;
    else if (code >= 48 && code <= 57) {
      mantissa = mantissa * 10 + code - 48;
      digits++;
      if (decimals >= 0) decimals++;
    } else return undefined;
  }
  if (digits === 0 || decimals === 0) return undefined;
  const scale = powersOfTen[decimals < 0 ? 12 : 12 - decimals];
  if (length <= shortMax && digits < shortMax && scale !== undefined) return BigInt(negative ? -mantissa : mantissa) * scale;
  const read = parseExact(text);
  return read.ok ? read.value : undefined;
}

const instantsMax = 256;
const instants = new Map<string, Temporal.Instant>();

/** Neighbouring facts share their instants, and an instant never changes, so one object serves them all. */
function instantOf(text: string): Temporal.Instant | undefined {
  const known = instants.get(text);
  if (known !== undefined) return known;
  if (!text.endsWith("Z")) return undefined;
  try {
    const instant = Temporal.Instant.from(text);
    if (instants.size >= instantsMax) instants.clear();
    instants.set(text, instant);
    return instant;
  } catch {
    return undefined;
  }
}
