import { numberEnd } from "./json-digits.ts";
import { JsonNumber, NotRead, type Json } from "./json-value.ts";
import { printable } from "./printable.ts";

const depthMax = 16;
const forbidden = new Set(["__proto__", "constructor", "prototype"]);

const quote = 0x22;
const backslash = 0x5c;
const comma = 0x2c;
const colon = 0x3a;
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
export class JsonParser {
  readonly #text: string;
  #at = 0;
  #last = first;

  constructor(text: string) {
    this.#text = text;
  }

  whole(): Json {
    const value = this.#value(this.#next(), 0);
    if (this.#next() !== end) throw new NotRead("not_json");
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
        return this.#number();
    }
  }

  #object(depth: number): Json {
    if (depth > depthMax) throw new NotRead("too_deep", `deeper than ${depthMax}`);
    const into: Record<string, Json> = {};
    this.#at++;
    let code = this.#next();
    if (code === 0x7d) {
      this.#at++;
      return into;
    }
    for (;;) {
      if (code !== quote) throw new NotRead("not_json");
      const key = this.#name();
      if (this.#next() !== colon) throw new NotRead("not_json");
      if ((key.length === 9 || key.length === 11) && forbidden.has(key)) throw new NotRead("forbidden_key", key);
      if (into[key] !== undefined && Object.hasOwn(into, key)) throw new NotRead("duplicate_key", printable(key, 60));
      this.#at++;
      into[key] = this.#value(this.#next(), depth);
      code = this.#next();
      this.#at++;
      if (code === 0x7d) return into;
      if (code !== comma) throw new NotRead("not_json");
      code = this.#next();
    }
  }

  #list(depth: number): Json {
    if (depth > depthMax) throw new NotRead("too_deep", `deeper than ${depthMax}`);
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
      if (code !== comma) throw new NotRead("not_json");
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
      if (code < 0x20) throw new NotRead("not_json");
    }
    throw new NotRead("not_json", "a string does not end");
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
          throw new NotRead("not_json");
        }
      }
    }
    throw new NotRead("not_json", "a string does not end");
  }

  #number(): JsonNumber {
    const from = this.#at;
    this.#at = numberEnd(this.#text, from);
    return new JsonNumber(this.#text.slice(from, this.#at));
  }

  #word<Value>(word: string, value: Value): Value {
    if (!this.#text.startsWith(word, this.#at)) throw new NotRead("not_json");
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
