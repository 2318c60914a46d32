import { formatExact } from "../words/exact.ts";
import { invariant } from "../words/invariant.ts";
import type { Holds } from "./exact-fields.ts";
import { fieldOf, type Field } from "./field.ts";
import { instantText } from "./instant-text.ts";

/**
 * A plain record as JSON text: exact numbers as decimal strings, instants as ISO strings in UTC, fields in the order in which they
 * were constructed, fields that are `undefined` left out. The same construction gives the same text, and `decode` gives the same
 * value back; what could not come back (a float in an exact field, a text in one, NaN, a class) is our own bug and throws.
 */
export function encode(value: object): string {
  text = "";
  writeObject(value, "other", "the record");
  const whole = text;
  text = "";
  return whole;
}

/** One text that only grows at its end: joining finished parts instead would cost a copy a level, and more memory than the facts. */
let text = "";

function writeValue(value: unknown, field: Field, holds: Holds): void {
  switch (typeof value) {
    case "string":
      text += holds === "other" || holds === "plain" ? quoted(value, field) : wrong(field, holds, "a text");
      return;
    case "bigint":
      text += holds === "exact" || holds === "exact_or_number" ? exactText(value) : wrong(field, holds, "an exact number");
      return;
    case "number":
      text += holds === "exact" || holds === "instant" ? wrong(field, holds, "a plain number") : numberText(value, field);
      return;
    case "boolean":
      text += value ? "true" : "false";
      return;
    case "object":
      if (value === null) text += "null";
      else if (Array.isArray(value)) writeList(value, field, holds);
      else if (value instanceof Temporal.Instant) text += holds === "instant" ? instantText(value) : wrong(field, holds, "an instant");
      else writeObject(value, holds, field.name);
      return;
    default:
      wrong(field, holds, `a ${typeof value}`);
  }
}

function writeObject(value: object, holds: Holds, name: string): void {
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) bug(`${name} is a plain record, not a class or a map`);
  // Below a record with free keys every name is the user's, so none of them says that a text is a number.
  const plain = holds === "plain";
  let first = true;
  for (const key in value) {
    const held: unknown = (value as Record<string, unknown>)[key];
    if (held === undefined) continue;
    if (key === "__proto__") bug(`no field of ${name} is named __proto__`);
    const field = fieldOf(key);
    text += first ? field.firstKey : field.nextKey;
    first = false;
    writeValue(held, field, plain ? "plain" : field.holds);
  }
  text += first ? "{}" : "}";
}

function writeList(values: readonly unknown[], field: Field, holds: Holds): void {
  text += "[";
  for (let index = 0; index < values.length; index++) {
    const value = values[index];
    if (value === undefined) bug(`the list ${field.name} has no holes`);
    if (index > 0) text += ",";
    writeValue(value, field, holds);
  }
  text += "]";
}

/** The longest exact number that reads back, see `parseExact`: 24 digits before the point, 12 after it, the point and a sign. */
const exactLengthMax = 24;

function exactText(units: bigint): string {
  const digits = formatExact(units);
  if (digits.length > exactLengthMax && digits.replace(/^-|\..*$/g, "").length > exactLengthMax) bug(`${digits} is below 10^24`);
  return `"${digits}"`;
}

function numberText(value: number, field: Field): string {
  if (!Number.isFinite(value)) bug(`${field.name} is a finite number, not ${value}`);
  return value === 0 && Object.is(value, -0) ? "-0" : String(value);
}

const wordLengthMax = 32;
const wordsMax = 64;

function quoted(words: string, field: Field): string {
  if (words.length > wordLengthMax) return JSON.stringify(words);
  const known = field.words.get(words);
  if (known !== undefined) return known;
  const fresh = quotedFresh(words);
  if (field.words.size < wordsMax) field.words.set(words, fresh);
  return fresh;
}

function quotedFresh(words: string): string {
  for (let index = 0; index < words.length; index++) {
    const code = words.charCodeAt(index);
    if (code < 32 || code > 126 || code === 34 || code === 92) return JSON.stringify(words);
  }
  return `"${words}"`;
}

const wanted = {
  exact: "exact numbers and nothing else",
  exact_or_number: "exact or plain numbers",
  instant: "instants",
  plain: "texts, numbers and booleans",
  other: "neither exact numbers nor instants (exact-fields.ts names those that do)",
} as const satisfies Record<Holds, string>;

const wrong = (field: Field, holds: Holds, found: string): never => bug(`a field named ${field.name} holds ${wanted[holds]}, not ${found}`);

/** Rules are put into words only once one is broken: this is the hot path of a backtest. */
function bug(rule: string): never {
  invariant(false, rule);
}
