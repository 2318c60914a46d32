import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { gunzipSync } from "node:zlib";
import type { ChainFileFault, RejectedRow } from "../adapters/chains/chain-file-fault.ts";
import { readSettlements } from "../adapters/chains/settlement-list.ts";
import { readStrikeCsv, readStrikeJson } from "../adapters/chains/strike-table.ts";
import type { Chain } from "../flow/market/options/chain.ts";
import { expiryAt } from "../flow/market/options/expiry-time.ts";
import { parseInstrumentId } from "../words/ids.ts";
import { instantOfMs } from "../words/instant.ts";
import { parsePrice, type Price } from "../words/price.ts";
import { Failed } from "./failed.ts";

export const chainFormats = ["strikes-csv", "strikes-json", "settlements"] as const;
export type ChainFormat = (typeof chainFormats)[number];

/** What the command line says of a file, where it says anything. */
export type ChainAsked = {
  readonly format: ChainFormat | undefined;
  readonly atMs: number | undefined;
  readonly underlying: string | undefined;
  readonly price: Price | undefined;
  readonly expiry: string | undefined;
  readonly exercise: "american" | "european";
};

type ReadFile = {
  readonly format: ChainFormat;
  readonly chains: readonly { readonly chain: Chain; readonly rejected: readonly RejectedRow[]; readonly month?: string }[];
};

/** A file's name and what was said of it come in; its chains go out as they were written, neither checked nor valued. */
export function readChains(path: string, asked: ChainAsked): ReadFile {
  const text = textOf(path);
  const format = asked.format ?? formatOf(text);
  return format === "settlements" ? settlementsOf(path, text, asked) : tableOf(path, text, format, asked);
}

function textOf(path: string): string {
  try {
    const bytes = readFileSync(path);
    return (/\.gz$/i.test(path) ? gunzipSync(bytes) : bytes).toString("utf8");
  } catch (fault) {
    const code = fault instanceof Error && "code" in fault ? fault.code : undefined;
    const why =
      code === "ENOENT"
        ? "there is no such file"
        : code === "EISDIR"
          ? "this is a directory; name a file in it"
          : typeof code === "string" && code.startsWith("Z_")
            ? "it ends in .gz and is not whole gzip"
            : "it cannot be read";
    throw new Failed(2, `${path}: ${why}`);
  }
}

const formatOf = (text: string): ChainFormat =>
  /^\s*[{[]/.test(text) ? "strikes-json" : (text.split("\n", 1)[0] ?? "").includes("options-priorSettle") ? "settlements" : "strikes-csv";

const months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/** As option calculators name their files: `SP500-18-oct-2024-5781.88`. */
function said(path: string): { readonly underlying?: string; readonly expiry?: string; readonly price?: string } {
  const name = basename(path).replace(/(?:\.(?:csv|json))?(?:\.gz)?$/i, "");
  const match = /^([A-Z][A-Z0-9]*)-(\d{1,2})-([a-z]{3})-(\d{4})-(\d+(?:\.\d+)?)$/i.exec(name);
  const month = months.indexOf((match?.[3] ?? "").toLowerCase()) + 1;
  if (match === null || month === 0) return {};
  const [, underlying = "", day = "", , year = "", price = ""] = match;
  return { underlying: underlying.toUpperCase(), expiry: `${year}-${String(month).padStart(2, "0")}-${day.padStart(2, "0")}`, price };
}

function tableOf(path: string, text: string, format: "strikes-csv" | "strikes-json", asked: ChainAsked): ReadFile {
  const name = said(path);
  const underlying = asked.underlying ?? name.underlying;
  const expiry = asked.expiry ?? name.expiry;
  const named = name.price === undefined ? undefined : parsePrice(name.price);
  const price = asked.price ?? (named?.ok === true ? named.value : undefined);
  const missing = [
    ...(underlying === undefined ? ["--underlying"] : []),
    ...(expiry === undefined ? ["--expiry"] : []),
    ...(price === undefined ? ["--price"] : []),
    ...(asked.atMs === undefined ? ["--at"] : []),
  ];
  if (underlying === undefined || expiry === undefined || price === undefined || asked.atMs === undefined)
    throw new Failed(2, `${path}: a table of strikes does not say everything of itself; add ${missing.join(", ")}`);
  const root = rootOf(underlying);
  if (expiryAt(expiry) === undefined)
    throw new Failed(2, `--expiry ${expiry}: not a day that the calendar of New York knows; write a date such as 2024-10-18`);
  const { exercise } = asked;
  const about = { ...root, underlyingPrice: price, expiry, asOf: instantOfMs(asked.atMs), venue: "file", exercise };
  const read = format === "strikes-json" ? readStrikeJson(text, about) : readStrikeCsv(text, about);
  if (!read.ok) throw faulty(path, format, read.error);
  return { format, chains: [read.value] };
}

function settlementsOf(path: string, text: string, asked: ChainAsked): ReadFile {
  const { root } = rootOf(asked.underlying ?? "LN");
  const asOf = asked.atMs === undefined ? settledAt(path, text) : instantOfMs(asked.atMs);
  // Strikes of these lists are in thousandths, and a contract is of 10,000 units: both as NYMEX lists natural gas.
  const read = readSettlements(text, { root, venue: "file", asOf, strikeTimes: 1000, multiplier: "10000" });
  if (!read.ok) throw faulty(path, "settlements", read.error);
  return { format: "settlements", chains: read.value.map((each) => ({ ...each, month: each.month.slice(0, 7) })) };
}

/** Prices of energy are settled at 14:30 in New York of the day that the rows name. */
function settledAt(path: string, text: string): Temporal.Instant {
  const [header = "", first = ""] = text.split(/\r?\n/, 2);
  const date = first.split(",")[header.split(",").indexOf("tradeDate")] ?? "";
  if (!/^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])$/.test(date))
    throw new Failed(2, `${path}: its rows do not say their tradeDate; add --at with the time of the settlement`);
  return Temporal.PlainDate.from(date).toZonedDateTime({ timeZone: "America/New_York", plainTime: "14:30" }).toInstant();
}

function rootOf(underlying: string): { readonly root: string; readonly underlying: Chain["underlying"] } {
  const id = parseInstrumentId(underlying);
  if (!id.ok || !/^[A-Z][A-Z0-9]{0,5}$/.test(underlying))
    throw new Failed(2, `--underlying ${underlying}: the root of an option's symbol is 1 to 6 capital letters and digits, such as SPY`);
  return { root: underlying, underlying: id.value };
}

function faulty(path: string, format: ChainFormat, fault: ChainFileFault): Failed {
  const why =
    fault.code === "missing_column"
      ? `it has no column "${fault.column}"`
      : fault.code === "no_rows"
        ? "it holds no rows"
        : `it cannot be read: ${fault.detail}`;
  return new Failed(2, `${path} as ${format}: ${why}; --format says what else it may be: ${chainFormats.join(", ")}`);
}
