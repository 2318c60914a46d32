import { isObject, listAt, objectAt } from "./body-parts.ts";
import type { JsonObject } from "./wire.ts";

const depthMax = 32;

/**
 * The plainest value that a JSON Schema takes: null where it may be, first words of enums, zero or the bound next to it, one item a list. Patterns and `not` are beyond it; a
 * schema that uses them needs a script.
 */
export const derivedAnswer = (schema: JsonObject): unknown => derive(schema, schema, 0);

function derive(schema: JsonObject, root: JsonObject, depth: number): unknown {
  if (depth > depthMax) return null;
  if ("const" in schema) return schema["const"];
  if (Array.isArray(schema["enum"])) return schema["enum"][0];
  if ("default" in schema) return schema["default"];
  if (typeof schema["$ref"] === "string") return derive(referred(schema["$ref"], root), root, depth + 1);
  const choices = [...listAt(schema, "anyOf"), ...listAt(schema, "oneOf")];
  const either = choices.find(({ type }) => type === "null") ?? choices[0];
  if (either !== undefined) return derive(either, root, depth + 1);
  const all = listAt(schema, "allOf");
  if (all.length > 0) return Object.assign({}, ...all.map((part) => derive(part, root, depth + 1))) as unknown;
  switch (typeOf(schema)) {
    case "object":
      return Object.fromEntries(
        Object.entries(objectAt(schema, "properties")).map(([key, value]) => [
          key,
          isObject(value) ? derive(value, root, depth + 1) : null,
        ]),
      );
    case "array": {
      const least = numberAt(schema, "minItems") ?? 0;
      return Array.from({ length: Math.max(1, least) }, () => derive(objectAt(schema, "items"), root, depth + 1));
    }
    case "string":
      return textFor(schema);
    case "number":
    case "integer":
      return numberFor(schema);
    case "boolean":
      return false;
    default:
      return null;
  }
}

/** Google's older form spells types in capitals. */
function typeOf(schema: JsonObject): string {
  const { type } = schema;
  const named: unknown = Array.isArray(type) ? (type.includes("null") ? "null" : type[0]) : type;
  if (typeof named === "string") return named.toLowerCase();
  return "properties" in schema ? "object" : "items" in schema ? "array" : "null";
}

function referred(pointer: string, root: JsonObject): JsonObject {
  let at: unknown = root;
  for (const part of pointer.split("/").slice(1)) at = isObject(at) ? at[part] : undefined;
  return isObject(at) ? at : {};
}

const numberAt = (schema: JsonObject, key: string): number | undefined => {
  const value = schema[key];
  return typeof value === "number" ? value : undefined;
};

function numberFor(schema: JsonObject): number {
  const above = numberAt(schema, "exclusiveMinimum");
  const [least, most] = [numberAt(schema, "minimum") ?? (above === undefined ? undefined : above + 1), numberAt(schema, "maximum")];
  // Safe bounds of a whole number are written into schemas by their makers and mean none.
  if (least !== undefined && least > Number.MIN_SAFE_INTEGER && (least > 0 || (most ?? 0) < 0)) return Math.min(least, most ?? least);
  return most !== undefined && most < 0 ? most : 0;
}

const formats: Readonly<Record<string, string>> = {
  "date-time": "2026-01-01T00:00:00Z",
  date: "2026-01-01",
  time: "00:00:00Z",
  email: "nobody@example.org",
  uri: "https://example.org/",
  uuid: "00000000-0000-4000-8000-000000000000",
};

function textFor(schema: JsonObject): string {
  const { format } = schema;
  const text = (typeof format === "string" ? formats[format] : undefined) ?? "as asked";
  return text.padEnd(numberAt(schema, "minLength") ?? 0, ".").slice(0, numberAt(schema, "maxLength") ?? Infinity);
}
