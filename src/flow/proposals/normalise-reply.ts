import { invariant } from "../../words/invariant.ts";
import { err, ok, type Result } from "../../words/result.ts";
import { JsonNumber, type Json } from "./json-value.ts";
import { printable } from "./printable.ts";
import { isNumber, isRecord } from "./read-json.ts";
import type { Normalisation, Normalisations, ReplyMapping } from "./reply-mapping.ts";

/** Two spellings of one field in one object: to take either would be to pick between two answers. */
export type Ambiguous = { readonly code: "ambiguous"; readonly detail: string };

export type Normalised = { readonly json: Json; readonly normalised: Normalisations };

const listedMax = 40;
const quotedMax = 60;

/**
 * A reply's JSON tree comes in; the same tree in the schema's own spelling goes out, with what was done to it (EQ-2). No number is
 * invented, rounded or chosen: what the mapping does not name stays as it is, for the strict reader to refuse. What needs nothing is not
 * copied, so a tree that comes back as the same object was spelled as asked.
 */
export function normaliseReply(json: Json, mapping: ReplyMapping): Result<Normalised, Ambiguous> {
  const list: Normalisation[] = [];
  let count = 0;
  let clash: Ambiguous | undefined;

  const note = (path: string, rule: Normalisation["rule"], from: string, to: string): void => {
    count++;
    if (list.length < listedMax)
      list.push({ path: printable(path, quotedMax), rule, from: printable(from, quotedMax), to: printable(to, quotedMax) });
  };

  const object = (of: Json, rules: CompiledMapping, path: string): Json => {
    if (!isRecord(of)) return of;
    const said = Object.keys(of);
    let copy: Record<string, Json> | undefined;
    let at = 0;
    for (const key of said) {
      const value = of[key] ?? null;
      const ours = rules.keys.get(key) ?? key;
      if (ours !== key) {
        copy ??= part(of, said, at);
        note(below(path, ours), "key", key, ours);
      }
      if (copy !== undefined && Object.hasOwn(copy, ours))
        clash ??= { code: "ambiguous", detail: printable(`${below(path, ours)} stands there twice, once as ${key}`, 80) };
      const normal = field(value, ours, rules, path);
      if (normal !== value) copy ??= part(of, said, at);
      if (copy !== undefined) copy[ours] = normal;
      at++;
    }
    return copy ?? of;
  };

  const objects = (of: readonly Json[], rules: CompiledMapping, path: string): Json => {
    const normal = of.map((item, at) => object(item, rules, `${path}[${at}]`));
    return normal.some((item, at) => item !== of[at]) ? normal : of;
  };

  const field = (value: Json, key: string, { words, fractions, decimals, texts, below: deeper }: CompiledMapping, path: string): Json => {
    const rules = deeper.get(key);
    if (rules !== undefined)
      return Array.isArray(value) ? objects(value as readonly Json[], rules, below(path, key)) : object(value, rules, below(path, key));
    if (typeof value === "string") {
      const word = words.get(key)?.get(value);
      if (word !== undefined) {
        note(below(path, key), "word", value, word);
        return word;
      }
      const percent = fractions.has(key) ? percentShape.exec(value) : null;
      if (percent !== null) {
        const literal = hundredth(percent[1] ?? "", percent[2] ?? "");
        note(below(path, key), "percent", value, literal);
        return new JsonNumber(literal);
      }
      if (decimals.has(key) && decimalShape.test(value)) {
        note(below(path, key), "quoted_number", `"${value}"`, value);
        return new JsonNumber(value);
      }
      return value;
    }
    if (texts.has(key) && typeof value === "object" && value !== null && !isNumber(value)) {
      const text = textOf(value);
      note(below(path, key), "nested_text", Array.isArray(value) ? "a list" : "an object", text);
      return text;
    }
    return value;
  };

  const normal = object(json, compiled(mapping), "");
  return clash === undefined ? ok({ json: normal, normalised: { count, list } }) : err(clash);
}

const below = (path: string, key: string): string => (path === "" ? key : `${path}.${key}`);

/** The first `count` of its fields. */
function part(of: { readonly [key: string]: Json }, keys: readonly string[], count: number): Record<string, Json> {
  const into: Record<string, Json> = {};
  for (const key of keys.slice(0, count)) into[key] = of[key] ?? null;
  return into;
}

/** As JSON spells a number, without an exponent: no plus, blank, thousands mark, currency or leading zero. */
const decimalShape = /^-?(?:0|[1-9]\d{0,23})(?:\.\d{1,40})?$/;
const percentShape = /^(0|[1-9]\d{0,2})(?:\.(\d{1,20}))?%$/;

/** The point moves two places to the left, in the digits themselves: 55.5% is 0.555 and 5% is 0.05. */
function hundredth(whole: string, fraction: string): string {
  const digits = whole.padStart(3, "0");
  return `${digits.slice(0, -2)}.${digits.slice(-2)}${fraction}`;
}

/** The words of a nested object or list in their order, a line for each named part; numbers as they were spelled. */
function textOf(json: Json): string {
  if (typeof json === "string") return json;
  if (json === null || typeof json === "boolean") return String(json);
  if (isNumber(json)) return json.literal;
  if (Array.isArray(json)) return json.map((item: Json) => textOf(item)).join("; ");
  return Object.entries(json)
    .map(([name, part]) => `${name}: ${textOf(part)}`)
    .join("\n");
}

/** The same mapping, to be looked up by what a reply says: a reply's own key must never reach an object's prototype. */
type CompiledMapping = {
  readonly keys: ReadonlyMap<string, string>;
  readonly words: ReadonlyMap<string, ReadonlyMap<string, string>>;
  readonly fractions: ReadonlySet<string>;
  readonly decimals: ReadonlySet<string>;
  readonly texts: ReadonlySet<string>;
  readonly below: ReadonlyMap<string, CompiledMapping>;
};

const known = new WeakMap<ReplyMapping, CompiledMapping>();

function compiled(mapping: ReplyMapping): CompiledMapping {
  const before = known.get(mapping);
  if (before !== undefined) return before;
  const made: CompiledMapping = {
    keys: turned(mapping.keys),
    words: new Map(Object.entries(mapping.words).map(([key, words]) => [key, turned(words)])),
    fractions: new Set(mapping.fractions),
    decimals: new Set(mapping.decimals),
    texts: new Set(mapping.texts),
    below: new Map(Object.entries(mapping.below).map(([key, deeper]) => [key, compiled(deeper)])),
  };
  known.set(mapping, made);
  return made;
}

/** From spelling to our word. One spelling of two words would be a choice, which a mapping may not leave open. */
function turned(spellings: Readonly<Record<string, readonly string[]>>): ReadonlyMap<string, string> {
  const into = new Map<string, string>();
  for (const [ours, others] of Object.entries(spellings))
    for (const other of others) {
      if (other === ours) continue;
      invariant(!into.has(other) && !Object.hasOwn(spellings, other), `${other} is another spelling of one word, ${ours}`);
      into.set(other, ours);
    }
  return into;
}
