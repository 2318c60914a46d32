import { z } from "zod";
import { formatExact } from "../words/exact.ts";
import { money, parseMoney, type Money } from "../words/money.ts";
import type { PlainValue } from "./plain.ts";

/** How the text of a value is read; the schema then holds its bounds. */
type LeafKind = "whole" | "decimal" | "money" | "flag" | "choice" | "text" | "list";

/** What is known of one key beyond its schema: for faults, `--set` and the reference. */
export type Leaf = {
  readonly kind: LeafKind;
  readonly unit: string;
  readonly bounds: string;
  /** Completes "is not ..." and "write ...". */
  readonly wants: string;
  readonly meaning: string;
  readonly choices: readonly string[];
  /** As the record holds it; absent where the key may be absent. */
  readonly normal?: PlainValue;
  readonly required: boolean;
  /** How a list is written. */
  readonly example?: string;
  /** A fault does not show what was written: it may be a secret that was pasted into the wrong place (LINE-9). */
  readonly hidden?: boolean;
  /** Judges a value that was already read as its kind. */
  readonly accepts: (value: unknown) => boolean;
};

const leaves = z.registry<{ readonly leaf: Leaf }>();
export const leafOf = (schema: z.core.$ZodType): Leaf | undefined => leaves.get(schema)?.leaf;

type About = Pick<Leaf, "kind" | "unit" | "bounds" | "wants" | "meaning" | "example" | "hidden"> & { readonly choices?: readonly string[] };

function described<Schema extends z.ZodType>(schema: Schema, about: About): Schema {
  const leaf = { choices: [], ...about, required: true, accepts: (value: unknown) => schema.safeParse(value).success };
  leaves.add(schema, { leaf });
  return schema;
}

/** The key takes `normal` where no source says otherwise. */
export function normally<Schema extends z.ZodType>(schema: Schema, normal: z.input<Schema> & (PlainValue | readonly string[])) {
  const wrapped = z.prefault(schema, normal);
  const leaf = leafOf(schema);
  if (leaf !== undefined) leaves.add(wrapped, { leaf: { ...leaf, required: false, normal: plainOf(normal) } });
  return wrapped;
}

const plainOf = (value: PlainValue | readonly string[]): PlainValue => (typeof value === "object" ? value.join(",") : value);

/** The key may be absent, which then means something of its own. */
export function maybe<Schema extends z.ZodType>(schema: Schema) {
  const wrapped = z.exactOptional(schema);
  const leaf = leafOf(schema);
  if (leaf !== undefined) leaves.add(wrapped, { leaf: { ...leaf, required: false } });
  return wrapped;
}

export function whole(from: number, to: number, unit: string, meaning: string) {
  const bounds = `${from}..${to}`;
  return described(z.int().min(from).max(to), { kind: "whole", unit, bounds, wants: `a whole number from ${from} to ${to}`, meaning });
}

export function decimal(from: number, to: number, unit: string, meaning: string) {
  const bounds = `${from}..${to}`;
  return described(z.number().min(from).max(to), { kind: "decimal", unit, bounds, wants: `a number from ${from} to ${to}`, meaning });
}

/** Exact from its text to the ledger: it is never a double on the way. */
export function amount(from: string, to: string, unit: string, meaning: string) {
  const [least, most] = [money(from), money(to)];
  const schema = z.string().transform((text, context): Money => {
    const read = parseMoney(text);
    if (read.ok && read.value >= least && read.value <= most) return read.value;
    context.addIssue({ code: "custom", message: "out of bounds" });
    return z.NEVER;
  });
  const wants = `an amount from ${formatExact(least)} to ${formatExact(most)} with at most 12 decimals`;
  return described(schema, { kind: "money", unit, bounds: `${from}..${to}`, wants, meaning });
}

export const flag = (meaning: string) =>
  described(z.boolean(), { kind: "flag", unit: "", bounds: "true, false", wants: "true or false", meaning });

export function choice<const Choices extends readonly [string, ...string[]]>(choices: Choices, meaning: string) {
  const list = choices.join(", ");
  return described(z.enum(choices), { kind: "choice", unit: "", bounds: list, wants: `one of ${list}`, choices, meaning });
}

export const text = (shape: RegExp, bounds: string, meaning: string) =>
  described(z.string().regex(shape), { kind: "text", unit: "", bounds, wants: bounds, meaning });

/** A text that no fault shows. */
export const hiddenText = (shape: RegExp, bounds: string, meaning: string) =>
  described(z.string().regex(shape), { kind: "text", unit: "", bounds, wants: bounds, meaning, hidden: true });

/** As ids of the house are, so that it can become one. */
export const idText = (meaning: string) => text(/^[A-Za-z0-9][A-Za-z0-9._:/-]{0,63}$/, "1 to 64 letters, digits and . _ : / -", meaning);

const distinct = (items: readonly string[]): boolean => new Set(items).size === items.length;

export function symbols(countMax: number, meaning: string) {
  const schema = z
    .array(z.string().regex(/^[A-Z0-9][A-Z0-9._:/-]{0,31}$/))
    .max(countMax)
    .refine(distinct);
  const wants = `a list of at most ${countMax} different symbols in capitals, such as BTCUSDT`;
  return described(schema, { kind: "list", unit: "", bounds: `0..${countMax} symbols`, wants, meaning, example: "[BTCUSDT, ETHUSDT]" });
}

/** Different words of one shape, without commas, since the record keeps a list as its items with commas between. */
export function listOf(shape: RegExp, countMax: number, things: string, example: string, meaning: string) {
  const schema = z.array(z.string().regex(shape)).max(countMax).refine(distinct);
  const wants = `a list of at most ${countMax} different ${things}, such as ${example}`;
  return described(schema, { kind: "list", unit: "", bounds: `0..${countMax} ${things}`, wants, meaning, example });
}

/** `DIA@2019-12-20=0.53`: a share pays it to whoever held it the evening before. */
export const dividends = (meaning: string) =>
  listOf(/^[A-Z0-9][A-Z0-9._:/-]{0,31}@\d{4}-\d{2}-\d{2}=\d{1,6}(?:\.\d{1,6})?$/, 100, "dividends", "[DIA@2019-12-20=0.53]", meaning);

/** What the user may call the sections below a key. */
export type Names = {
  readonly shape: RegExp;
  /** Completes "... cannot have this name". */
  readonly what: string;
  /** Completes "name it with ...". */
  readonly wants: string;
  /** Completes "give it ..., or take the name out". */
  readonly needs: string;
};

const names = new WeakMap<z.core.$ZodType, Names>();
export const namesOf = (schema: z.core.$ZodType): Names | undefined => names.get(schema);

/** A section for each name that the user gives. */
export function named<Of extends z.ZodType>(of: Of, about: Names) {
  const schema = z.record(z.string().regex(about.shape), of);
  names.set(schema, about);
  return schema;
}
