import { moneyOfUnits, type Money } from "../../words/money.ts";
import { priceOfUnits, type Price } from "../../words/price.ts";
import { err, ok, type Result } from "../../words/result.ts";
import type { Json } from "./json-value.ts";
import { printable } from "./printable.ts";
import { parseExact } from "../../words/exact.ts";
import { isNumber, isRecord } from "./read-json.ts";

/** The parts that strict readers of replies are made of: each takes one value with its path and gives it back typed. */

type ShapeCode = "missing" | "unknown_key" | "wrong_type" | "not_a_word" | "out_of_range" | "too_many";
export type ShapeFault = { readonly code: ShapeCode; readonly detail: string };

/** Carries a shape fault up to `shaped`; it never leaves a reader, and a reply that is well formed makes none. */
class Unreadable extends Error {
  readonly code: ShapeCode;
  readonly detail: string;
  constructor(code: ShapeCode, detail: string) {
    super(detail);
    this.code = code;
    this.detail = detail;
  }
}

/** Runs a reader made of the parts below; the first fault of shape comes back as a value. */
export function shaped<Value>(read: () => Value): Result<Value, ShapeFault> {
  try {
    return ok(read());
  } catch (fault) {
    if (fault instanceof Unreadable) return err({ code: fault.code, detail: fault.detail });
    throw fault;
  }
}

/** An object with exactly these keys; those of `open` may be left out. */
export function closedField(
  json: Json | undefined,
  path: string,
  keys: readonly string[],
  open: readonly string[] = [],
): Readonly<Record<string, Json>> {
  if (!isRecord(json)) throw new Unreadable("wrong_type", `${path === "" ? "the answer" : path} is an object`);
  let known = 0;
  let missing: string | undefined;
  for (const key of keys)
    if (json[key] !== undefined) known++;
    else missing ??= key;
  for (const key of open) if (json[key] !== undefined) known++;
  const found = Object.keys(json);
  if (found.length > known) {
    const unknown = found.find((key) => !keys.includes(key) && !open.includes(key));
    throw new Unreadable("unknown_key", printable(`${path}.${unknown}`, 80));
  }
  if (missing !== undefined) throw new Unreadable("missing", path === "" ? missing : `${path}.${missing}`);
  return json;
}

export function listField<Item>(json: Json | undefined, path: string, most: number, item: (json: Json, path: string) => Item): Item[] {
  if (!Array.isArray(json)) throw new Unreadable("wrong_type", `${path} is a list`);
  if (json.length > most) throw new Unreadable("too_many", `${path} has ${json.length} entries over ${most}`);
  return json.map((each: Json, at) => item(each, `${path}[${at}]`));
}

/** Control bytes other than line breaks and tabs, and halves of surrogate pairs: terminals obey the first, databases refuse both. */
const unprintable = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/;

export function textField(json: Json | undefined, path: string, most = 2_000): string {
  if (typeof json !== "string") throw new Unreadable("wrong_type", `${path} is text`);
  if (json.length > most) throw new Unreadable("out_of_range", `${path} has ${json.length} characters over ${most}`);
  if (unprintable.test(json) || !json.isWellFormed()) throw new Unreadable("out_of_range", `${path} has characters that are not text`);
  return json;
}

export function wordField<Word extends string>(json: Json | undefined, path: string, of: readonly Word[]): Word {
  for (const each of of) if (each === json) return each;
  throw new Unreadable("not_a_word", `${path} is one of ${of.join(", ")}`);
}

/** An amount of money, zero or more, exactly as written. */
export function moneyField(json: Json | undefined, path: string): Money {
  if (!isNumber(json)) throw new Unreadable("wrong_type", `${path} is a number`);
  const read = parseExact(json.literal);
  if (!read.ok) throw new Unreadable("out_of_range", `${path}: ${read.error.code}`);
  if (read.value < 0n) throw new Unreadable("out_of_range", `${path} is not negative`);
  return moneyOfUnits(read.value);
}

/** A price above zero, exactly as written, or null for none. */
export function priceField(json: Json | undefined, path: string): Price | undefined {
  if (json === null) return undefined;
  if (!isNumber(json)) throw new Unreadable("wrong_type", `${path} is a number or null`);
  const read = parseExact(json.literal);
  if (!read.ok) throw new Unreadable("out_of_range", `${path}: ${read.error.code}`);
  if (read.value <= 0n) throw new Unreadable("out_of_range", `${path} is above zero`);
  return priceOfUnits(read.value);
}

/** A plain number for thresholds and shares, never for money. */
export function numberField(json: Json | undefined, path: string, from: number, to: number): number {
  if (!isNumber(json)) throw new Unreadable("wrong_type", `${path} is a number`);
  const value = Number.parseFloat(json.literal);
  if (!(value >= from && value <= to)) throw new Unreadable("out_of_range", `${path} is from ${from} to ${to}`);
  // A minus before the zero would not survive the journal.
  return value === 0 ? 0 : value;
}
