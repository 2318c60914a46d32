import { err, ok, type Result } from "../../words/result.ts";
import { JsonParser } from "./json-parser.ts";
import { JsonNumber, NotRead, type Json } from "./json-value.ts";
import { printable } from "./printable.ts";

export type { Json } from "./json-value.ts";

export type JsonFault = { readonly code: NotRead["code"] | "empty" | "too_long"; readonly detail: string };

const textMax = 200_000;

/**
 * A model's text in, plain values out, with numbers kept as they were spelled. It takes what JSON.parse takes, but no repeated key, since
 * the second would silently win, no key that reaches a prototype, and nothing deep or long enough to exhaust a reader behind it.
 */
export function readJson(text: string): Result<Json, JsonFault> {
  if (text.length > textMax) return err({ code: "too_long", detail: `${text.length} characters over ${textMax}` });
  if (text.trim() === "") return err({ code: "empty", detail: "no text" });
  try {
    return ok(new JsonParser(text).whole());
  } catch (fault) {
    if (!(fault instanceof NotRead)) throw fault;
    return err({ code: fault.code, detail: fault.detail ?? parserWords(text) });
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

/** By its class, so that an object which spells itself like one is none. */
export const isNumber = (value: Json | undefined): value is JsonNumber => value instanceof JsonNumber;
export const isRecord = (value: Json | undefined): value is { readonly [key: string]: Json } =>
  typeof value === "object" && value !== null && !Array.isArray(value) && !isNumber(value);
