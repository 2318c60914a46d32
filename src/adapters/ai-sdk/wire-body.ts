/** Fields of a JSON object that nobody vouches for. */
export type Fields = { readonly [name: string]: unknown };

export const fieldsOf = (value: unknown): Fields =>
  typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Fields) : {};

const money = new Set(["cost", "total_cost", "cost_in_usd_ticks", "upstream_inference_cost"]);

/** The JSON of a wire; amounts of money stay the digits that were sent, as text, since a double would round them. */
export function wireBody(text: string | undefined): Fields | undefined {
  if (text === undefined) return undefined;
  try {
    // A reviver visits every value and is slow on a long body: most wires send no cost at all.
    const value: unknown = text.includes("cost") ? JSON.parse(text, digitsOfMoney) : JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Fields) : undefined;
  } catch {
    return undefined;
  }
}

function digitsOfMoney(this: unknown, name: string, value: unknown, ...rest: unknown[]): unknown {
  if (!money.has(name)) return value;
  const source = fieldsOf(rest[0])["source"];
  // What a server sends as a text is no figure of money: it is not taken for one.
  return typeof value === "number" && typeof source === "string" ? source : undefined;
}
