import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { exactDecimals, parseExact } from "../../words/exact.ts";
import { parseInstrumentId } from "../../words/ids.ts";
import { checkInstrument, type Instrument } from "../../words/instrument.ts";
import { formatExact } from "../../words/exact.ts";
import { moneyOfUnits } from "../../words/money.ts";
import { priceOfUnits } from "../../words/price.ts";
import { quantityOfUnits } from "../../words/quantity.ts";
import { rateOfUnits } from "../../words/rate.ts";
import { err, ok, type Result } from "../../words/result.ts";

const exact = z.string().transform((text, context) => {
  const read = parseExact(text);
  if (read.ok) return read.value;
  context.addIssue(`"${text}" is a decimal in quotes with at most ${exactDecimals} decimals`);
  return z.NEVER;
});
const id = z.string().transform((text, context) => {
  const read = parseInstrumentId(text);
  if (read.ok && !/[/:]/.test(text)) return read.value;
  context.addIssue(`"${text}" is an id of letters, digits and . _ -`);
  return z.NEVER;
});
const common = {
  id,
  symbol: z.string().min(1),
  venue: z.string().min(1),
  currency: z.string().min(1),
  tick: exact.transform(priceOfUnits),
  lot: exact.transform(quantityOfUnits),
  multiplier: exact.transform(quantityOfUnits),
  minQuantity: exact.transform(quantityOfUnits),
  maxQuantity: exact.transform(quantityOfUnits),
  minNotional: exact.transform(moneyOfUnits),
  priceMayBeNegative: z.boolean(),
  calendar: z.enum(["xnys", "always"]),
};
const listed = { ...common, name: z.string(), shortable: z.boolean() };
const StoredInstrument = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("equity"), ...listed }),
  z.strictObject({ kind: z.literal("etf"), ...listed }),
  z.strictObject({ kind: z.literal("spot"), ...common, base: z.string().min(1) }),
  z.strictObject({
    kind: z.literal("perpetual"),
    ...common,
    base: z.string().min(1),
    leverageMax: z.number(),
    maintenanceMarginRate: exact.transform(rateOfUnits),
    liquidationFeeRate: exact.transform(rateOfUnits),
    fundingIntervalHours: z.number().positive(),
  }),
]);
const Book = z.strictObject({
  version: z.literal(1),
  assets: z.array(
    z.strictObject({
      /** True where a person gave it: imports then never widen it. */
      tickFixed: z.boolean(),
      lotFixed: z.boolean(),
      instrument: StoredInstrument,
    }),
  ),
});

export type BookEntry = { readonly tickFixed: boolean; readonly lotFixed: boolean; readonly instrument: Instrument };
export type InstrumentBook = ReadonlyMap<string, BookEntry>;

export const bookPath = (store: string): string => join(store, "assets.json");

/** The instruments of a store, by id; a store that does not exist yet has none. People may edit the file, so it is checked in full. */
export async function readBook(store: string): Promise<Result<InstrumentBook, string>> {
  let text: string;
  try {
    text = await readFile(bookPath(store), "utf8");
  } catch (cause) {
    return isMissing(cause) ? ok(new Map()) : err(cause instanceof Error ? cause.message : String(cause));
  }
  let raw: unknown;
  try {
    raw = JSON.parse(text);
  } catch (cause) {
    return err(`not JSON: ${cause instanceof Error ? cause.message : String(cause)}`);
  }
  const read = Book.safeParse(raw);
  if (!read.success) return err(z.prettifyError(read.error).replaceAll("\n", " "));
  const book = new Map<string, BookEntry>();
  for (const entry of read.data.assets) {
    const checked = checkInstrument(entry.instrument);
    if (!checked.ok) return err(`${entry.instrument.id}: ${checked.error.rule}`);
    if (book.has(entry.instrument.id)) return err(`${entry.instrument.id} is listed twice`);
    book.set(entry.instrument.id, entry);
  }
  return ok(book);
}

export function bookText(book: InstrumentBook): string {
  const assets = [...book.values()].sort((left, right) => (left.instrument.id < right.instrument.id ? -1 : 1));
  return `${JSON.stringify({ version: 1, assets }, (_key, value: unknown) => (typeof value === "bigint" ? formatExact(value) : value), 2)}\n`;
}

export const isMissing = (cause: unknown): boolean => cause instanceof Error && "code" in cause && cause.code === "ENOENT";
