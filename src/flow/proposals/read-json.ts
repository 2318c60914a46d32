import { err, ok, type Result } from "../../words/result.ts";

export type JsonFault = {
  readonly code: "empty" | "too_long" | "not_json" | "duplicate_key" | "forbidden_key" | "too_deep";
  readonly detail: string;
};

/** A number as the text spelled it: a price that went through a double is another price. */
export class JsonNumber {
  readonly literal: string;
  constructor(literal: string) {
    this.literal = literal;
  }
}
export type Json = null | boolean | string | JsonNumber | readonly Json[] | { readonly [key: string]: Json };

const textMax = 200_000;
const depthMax = 16;
const forbidden = new Set(["__proto__", "constructor", "prototype"]);

/**
 * A model's text in, plain values out, with numbers kept as they were spelled. It takes what JSON.parse takes, but no repeated key, since
 * the second would silently win, no key that reaches a prototype, and nothing deep or long enough to exhaust a reader behind it.
 */
export function readJson(text: string): Result<Json, JsonFault> {
  if (text.length > textMax) return err({ code: "too_long", detail: `${text.length} characters over ${textMax}` });
  if (text.trim() === "") return err({ code: "empty", detail: "no text" });
  try {
    return ok(new Parser(text).whole());
  } catch (fault) {
    if (!(fault instanceof Unreadable)) throw fault;
    return err({ code: fault.code, detail: fault.detail ?? parserWords(text) });
  }
}

/** A model's text where a fault quotes it: short, and nothing in it that a log, a page or a database would choke on. */
export const printable = (text: string, most: number): string => text.toWellFormed().replace(/\p{C}/gu, "·").slice(0, most).toWellFormed();

/** Leaves a parse that has found a fault; it never leaves this file. */
class Unreadable extends Error {
  readonly code: JsonFault["code"];
  /** Without one, what is wrong is the grammar's to say. */
  readonly detail: string | undefined;
  constructor(code: JsonFault["code"], detail?: string) {
    super(code);
    this.code = code;
    this.detail = detail;
  }
}

/** A model that is asked again, and a person, read the engine's words for a fault of grammar. */
function parserWords(text: string): string {
  try {
    JSON.parse(text);
  } catch (cause) {
    if (cause instanceof Error) return printable(cause.message, 120);
  }
  return "not JSON";
}

const quote = 0x22;
const backslash = 0x5c;
const comma = 0x2c;
const colon = 0x3a;
const minus = 0x2d;
const zero = 0x30;
const nine = 0x39;
/** Behind the last character: the code of none. */
const end = -1;

/** A key that was read before, with the quote behind it, and the key that came after it then. */
type Name = { readonly name: string; readonly ended: string; next: Name | undefined };

/**
 * Answers say the same keys in the same order, so the next one is guessed: to compare a text costs less than to cut a key out of it and to
 * look it up. A wrong guess costs time alone.
 */
const names = new Map<string, Name>();
const namesMax = 256;
const nameMax = 32;
const first: Name = { name: "", ended: '"', next: undefined };

/**
 * One pass over the text, forward only, so that a hostile one takes time by its length alone. Each part begins at its first character and
 * leaves `#at` behind its last.
 */
class Parser {
  readonly #text: string;
  #at = 0;
  #last = first;

  constructor(text: string) {
    this.#text = text;
  }

  whole(): Json {
    const value = this.#value(this.#next(), 0);
    if (this.#next() !== end) throw new Unreadable("not_json");
    return value;
  }

  #value(code: number, depth: number): Json {
    switch (code) {
      case quote:
        return this.#string();
      case 0x7b:
        return this.#object(depth + 1);
      case 0x5b:
        return this.#list(depth + 1);
      case 0x6e:
        return this.#word("null", null);
      case 0x74:
        return this.#word("true", true);
      case 0x66:
        return this.#word("false", false);
      default:
        return this.#number(code);
    }
  }

  #object(depth: number): Json {
    if (depth > depthMax) throw new Unreadable("too_deep", `deeper than ${depthMax}`);
    const into: Record<string, Json> = {};
    this.#at++;
    let code = this.#next();
    if (code === 0x7d) {
      this.#at++;
      return into;
    }
    for (;;) {
      if (code !== quote) throw new Unreadable("not_json");
      const key = this.#name();
      if (this.#next() !== colon) throw new Unreadable("not_json");
      if ((key.length === 9 || key.length === 11) && forbidden.has(key)) throw new Unreadable("forbidden_key", key);
      if (into[key] !== undefined && Object.hasOwn(into, key)) throw new Unreadable("duplicate_key", printable(key, 60));
      this.#at++;
      into[key] = this.#value(this.#next(), depth);
      code = this.#next();
      this.#at++;
      if (code === 0x7d) return into;
      if (code !== comma) throw new Unreadable("not_json");
      code = this.#next();
    }
  }

  #list(depth: number): Json {
    if (depth > depthMax) throw new Unreadable("too_deep", `deeper than ${depthMax}`);
    const into: Json[] = [];
    this.#at++;
    let code = this.#next();
    if (code === 0x5d) {
      this.#at++;
      return into;
    }
    for (;;) {
      into.push(this.#value(code, depth));
      code = this.#next();
      this.#at++;
      if (code === 0x5d) return into;
      if (code !== comma) throw new Unreadable("not_json");
      code = this.#next();
    }
  }

  #name(): string {
    const guess = this.#last.next;
    if (guess !== undefined && this.#text.startsWith(guess.ended, this.#at + 1)) {
      this.#at += guess.ended.length + 1;
      this.#last = guess;
      return guess.name;
    }
    const from = this.#at + 1;
    const name = this.#string();
    // One with an escape in it is spelled otherwise than it is called, and no guess.
    if (name.length > nameMax || this.#at !== from + name.length + 1) return name;
    let known = names.get(name);
    if (known === undefined) {
      if (names.size >= namesMax) names.clear();
      known = { name, ended: `${name}"`, next: undefined };
      names.set(name, known);
    }
    this.#last.next = known;
    this.#last = known;
    return name;
  }

  #string(): string {
    const text = this.#text;
    const { length } = text;
    const from = this.#at + 1;
    for (let at = from; at < length; at++) {
      const code = text.charCodeAt(at);
      if (code === quote) {
        this.#at = at + 1;
        return text.slice(from, at);
      }
      if (code === backslash) return this.#escaped(at);
      if (code < 0x20) throw new Unreadable("not_json");
    }
    throw new Unreadable("not_json", "a string does not end");
  }

  /** A string with an escape at `at`. Where it ends is found here; what its escapes say, and whether they may, is JSON.parse's to say. */
  #escaped(at: number): string {
    const text = this.#text;
    const { length } = text;
    const from = this.#at;
    for (; at < length; at++) {
      const code = text.charCodeAt(at);
      if (code === backslash) at++;
      else if (code === quote) {
        this.#at = at + 1;
        try {
          return JSON.parse(text.slice(from, at + 1)) as string;
        } catch {
          throw new Unreadable("not_json");
        }
      }
    }
    throw new Unreadable("not_json", "a string does not end");
  }

  #number(sign: number): JsonNumber {
    const text = this.#text;
    const from = this.#at;
    let at = sign === minus ? from + 1 : from;
    at = codeAt(text, at) === zero ? at + 1 : digits(text, at);
    let code = codeAt(text, at);
    if (code === 0x2e) {
      at = digits(text, at + 1);
      code = codeAt(text, at);
    }
    if (code === 0x65 || code === 0x45) {
      code = codeAt(text, at + 1);
      at = digits(text, code === minus || code === 0x2b ? at + 2 : at + 1);
    }
    this.#at = at;
    return new JsonNumber(text.slice(from, at));
  }

  #word<Value>(word: string, value: Value): Value {
    if (!this.#text.startsWith(word, this.#at)) throw new Unreadable("not_json");
    this.#at += word.length;
    return value;
  }

  /** Steps over blanks to what comes next, and says what that is. */
  #next(): number {
    const text = this.#text;
    const { length } = text;
    for (let at = this.#at; at < length; at++) {
      const code = text.charCodeAt(at);
      if (code !== 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09) {
        this.#at = at;
        return code;
      }
    }
    this.#at = length;
    return end;
  }
}

const codeAt = (text: string, at: number): number => (at < text.length ? text.charCodeAt(at) : end);

/** Steps over digits, of which there has to be one. */
function digits(text: string, from: number): number {
  const { length } = text;
  let at = from;
  for (; at < length; at++) {
    const code = text.charCodeAt(at);
    if (code < zero || code > nine) break;
  }
  if (at === from) throw new Unreadable("not_json");
  return at;
}

/** By its class, so that an object which spells itself like one is none. */
export const isNumber = (value: Json | undefined): value is JsonNumber => value instanceof JsonNumber;
export const isRecord = (value: Json | undefined): value is { readonly [key: string]: Json } =>
  typeof value === "object" && value !== null && !Array.isArray(value) && !isNumber(value);
