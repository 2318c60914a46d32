import { parsePrice, type Price } from "../../words/price.ts";
import { err, ok, type Result } from "../../words/result.ts";
import { isNumber, isRecord, printable, type Json, type JsonFault } from "./read-json.ts";
import type { ReaderFault } from "./read-portfolio.ts";
import type { Ambiguous } from "./normalise-reply.ts";

/** The parts that strict readers of replies are made of: each takes one value with its path and gives it back typed. */

type ShapeCode = Exclude<ReaderFault["code"], (JsonFault | Ambiguous)["code"]>;

/** Carries a shape fault up to `shaped`; it never leaves a reader. */
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
export function shaped<Value>(read: () => Value): Result<Value, { readonly code: ShapeCode; readonly detail: string }> {
  try {
    return ok(read());
  } catch (fault) {
    if (fault instanceof Unreadable) return err({ code: fault.code, detail: fault.detail });
    throw fault;
  }
}

/** An object with exactly these keys. */
export function closedField(json: Json | undefined, path: string, keys: readonly string[]): Readonly<Record<string, Json>> {
  if (!isRecord(json)) throw new Unreadable("wrong_type", `${path === "" ? "the answer" : path} is an object`);
  for (const key of Object.keys(json)) if (!keys.includes(key)) throw new Unreadable("unknown_key", printable(`${path}.${key}`, 80));
  for (const key of keys) if (!(key in json)) throw new Unreadable("missing", path === "" ? key : `${path}.${key}`);
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
  const found = of.find((each) => each === json);
  if (found === undefined) throw new Unreadable("not_a_word", `${path} is one of ${of.join(", ")}`);
  return found;
}

/** A price above zero, exactly as written, or null for none. */
export function priceField(json: Json | undefined, path: string): Price | undefined {
  if (json === null) return undefined;
  if (!isNumber(json)) throw new Unreadable("wrong_type", `${path} is a number or null`);
  const read = parsePrice(json.literal);
  if (!read.ok) throw new Unreadable("out_of_range", `${path}: ${read.error.code}`);
  if (read.value <= 0n) throw new Unreadable("out_of_range", `${path} is above zero`);
  return read.value;
}

/** A plain number for thresholds and shares, never for money. */
export function numberField(json: Json | undefined, path: string, from: number, to: number): number {
  if (!isNumber(json)) throw new Unreadable("wrong_type", `${path} is a number`);
  const value = Number.parseFloat(json.literal);
  if (!(value >= from && value <= to)) throw new Unreadable("out_of_range", `${path} is from ${from} to ${to}`);
  // A minus before the zero would not survive the journal.
  return value === 0 ? 0 : value;
}
