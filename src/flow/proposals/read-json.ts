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
 * A model's text in, plain values out, with numbers kept as they were spelled. One object or array and nothing around it; a repeated
 * key is a fault, since the second would silently win.
 */
export function readJson(text: string): Result<Json, JsonFault> {
  if (text.length > textMax) return err({ code: "too_long", detail: `${text.length} characters over ${textMax}` });
  if (text.trim() === "") return err({ code: "empty", detail: "no text" });
  const shape = scan(text);
  if (!shape.ok) return shape;
  try {
    return ok(JSON.parse(text, literal) as Json);
  } catch (cause) {
    return err({ code: "not_json", detail: cause instanceof Error ? printable(cause.message, 120) : "not JSON" });
  }
}

function literal(_key: string, value: unknown, context?: { source?: string }): unknown {
  return typeof value === "number" ? new JsonNumber(context?.source ?? String(value)) : value;
}

/** A model's text where a fault quotes it: short, and nothing in it that a log, a page or a database would choke on. */
export const printable = (text: string, most: number): string => text.toWellFormed().replace(/\p{C}/gu, "·").slice(0, most).toWellFormed();

/**
 * One pass for what JSON.parse lets through: repeated and forbidden keys, and depth that would exhaust the stack. It ends at a string
 * that does not close, since looking for further ones behind it would take time by the square of the length.
 */
function scan(text: string): Result<undefined, JsonFault> {
  const keys: Set<string>[] = [];
  const token = /"(?:[^"\\]|\\.)*"(\s*:)?|["{}[\]]/gs;
  for (const match of text.matchAll(token)) {
    const [found, colon] = match;
    if (found === '"') return err({ code: "not_json", detail: "a string does not end" });
    if (found === "{" || found === "[") {
      if (keys.length >= depthMax) return err({ code: "too_deep", detail: `deeper than ${depthMax}` });
      keys.push(new Set());
    } else if (found === "}" || found === "]") keys.pop();
    else if (colon !== undefined) {
      const key = unquoted(found.slice(0, -colon.length));
      if (forbidden.has(key)) return err({ code: "forbidden_key", detail: key });
      const seen = keys.at(-1);
      if (seen?.has(key) === true) return err({ code: "duplicate_key", detail: printable(key, 60) });
      seen?.add(key);
    }
  }
  return ok(undefined);
}

function unquoted(quoted: string): string {
  try {
    return JSON.parse(quoted) as string;
  } catch {
    return quoted;
  }
}

/** By its class, so that an object which spells itself like one is none. */
export const isNumber = (value: Json | undefined): value is JsonNumber => value instanceof JsonNumber;
export const isRecord = (value: Json | undefined): value is { readonly [key: string]: Json } =>
  typeof value === "object" && value !== null && !Array.isArray(value) && !isNumber(value);
