import type { JsonObject, Tool } from "./wire.ts";

export const isObject = (value: unknown): value is JsonObject => typeof value === "object" && value !== null && !Array.isArray(value);
export const objectAt = (of: JsonObject, key: string): JsonObject => {
  const value = of[key];
  return isObject(value) ? value : {};
};
export const listAt = (of: JsonObject, key: string): readonly JsonObject[] => {
  const value = of[key];
  return Array.isArray(value) ? value.filter(isObject) : [];
};
export const textAt = (of: JsonObject, key: string): string | undefined => {
  const value = of[key];
  return typeof value === "string" ? value : undefined;
};

/** Content is a text or a list of parts on every wire; whatever has no text of its own counts by its JSON. */
export function contentText(content: unknown): string {
  if (typeof content === "string") return content;
  if (!Array.isArray(content)) return content === null || content === undefined ? "" : JSON.stringify(content);
  return content.map((part: unknown) => (isObject(part) ? (textAt(part, "text") ?? JSON.stringify(part)) : String(part))).join("\n");
}

export const toolAt = (of: JsonObject, schemaKey: string): Tool => ({ name: textAt(of, "name") ?? "", schema: objectAt(of, schemaKey) });

/** The keys that several wires have alike, left out where the request leaves them out. */
export function limits(outputTokensMax: unknown, effort: unknown): { readonly outputTokensMax?: number; readonly effort?: string } {
  return {
    ...(typeof outputTokensMax === "number" ? { outputTokensMax } : {}),
    ...(typeof effort === "string" ? { effort } : {}),
  };
}
