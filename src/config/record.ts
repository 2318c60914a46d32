import { hash } from "node:crypto";
import { formatExact } from "../words/exact.ts";
import { invariant } from "../words/invariant.ts";
import type { Config } from "./config.ts";
import type { PlainRecord, PlainValue } from "./plain.ts";

/** A configuration comes in; the flat record that a journal keeps goes out, keys sorted, money as its shortest decimal. */
export function recordOf(config: Config): PlainRecord {
  const pairs = [...flat(config, [])];
  return Object.fromEntries(pairs.sort(([left], [right]) => (left < right ? -1 : 1)));
}

function* flat(value: unknown, path: readonly string[]): Iterable<readonly [string, PlainValue]> {
  const key = path.join(".");
  if (typeof value === "bigint") yield [key, formatExact(value)];
  else if (typeof value === "string" || typeof value === "number" || typeof value === "boolean") yield [key, value];
  else if (Array.isArray(value)) yield [key, value.join(",")];
  else {
    invariant(typeof value === "object" && value !== null, `${key} of the configuration is a value or a section`);
    for (const [name, inner] of Object.entries(value)) yield* flat(inner, [...path, name]);
  }
}

/** SHA-256 in hex of the record's JSON: the same settings have the same digest, however and in what order they were said. */
export const digestOf = (record: PlainRecord): string => hash("sha256", JSON.stringify(record), "hex");
