import { exactOne } from "../../../words/exact.ts";
import { parsePrice, type Price } from "../../../words/price.ts";
import { err, ok, type Result } from "../../../words/result.ts";
import { dateOf } from "./date-text.ts";

/** What an OCC symbol says of a contract. */
export type OccContract = {
  /** One to six capitals and digits: `AAPL`, `SPXW`, `BRKB`. */
  readonly root: string;
  /** Exchange-local date, `YYYY-MM-DD`. */
  readonly expiry: string;
  readonly right: "call" | "put";
  readonly strike: Price;
};

export type NotAnOccSymbol = {
  readonly code: "not_an_occ_symbol";
  readonly text: string;
  /** The rule that it breaks. */
  readonly rule: string;
};

/** Whole contracts carry strikes of five digits and three decimals. */
const strikeStep = exactOne / 1000n;
const strikeMax = 100_000n * exactOne;

/** OCC's 21 characters: a root padded to six, yymmdd, C or P, the strike times 1,000 on eight digits. */
const padded = /^([A-Z][A-Z0-9]{0,5}) *(\d{6})([CP])(\d{8})$/;

const fault = (text: string, rule: string): Result<never, NotAnOccSymbol> => err({ code: "not_an_occ_symbol", text, rule });

/**
 * Reads both spellings, `AAPL  261218C00200000` and `AAPL261218C00200000` (what Alpaca and most vendors write).
 * The last fifteen characters are the fixed part, so a root that ends in a digit (an adjusted contract) is read right.
 */
export function parseOccSymbol(text: string): Result<OccContract, NotAnOccSymbol> {
  const match = padded.exec(text);
  if (match === null) return fault(text, "a root of 1 to 6 capitals or digits, yymmdd, C or P, and a strike on eight digits");
  const [, root = "", day = "", side, strikeDigits = ""] = match;
  if (text.includes(" ") && text.length !== 21) return fault(text, "a padded root is six characters wide, 21 in all");
  const expiry = `20${day.slice(0, 2)}-${day.slice(2, 4)}-${day.slice(4)}`;
  if (dateOf(expiry) === undefined) return fault(text, `${expiry} is a day of the calendar`);
  const strike = parsePrice(`${strikeDigits.slice(0, 5)}.${strikeDigits.slice(5)}`);
  if (!strike.ok || strike.value === 0n) return fault(text, "the strike is above zero");
  return ok({ root, expiry, right: side === "C" ? "call" : "put", strike: strike.value });
}

export type OccSpelling = "compact" | "padded";

/** Writes a contract as OCC does; a strike of more than three decimals or above 99,999.999 has no symbol. */
export function occSymbol(of: OccContract, spelling: OccSpelling = "compact"): Result<string, NotAnOccSymbol> {
  const text = `${of.root} ${of.expiry} ${of.right}`;
  if (!/^[A-Z][A-Z0-9]{0,5}$/.test(of.root)) return fault(text, "the root is 1 to 6 capitals or digits and starts with a letter");
  if (dateOf(of.expiry) === undefined || !of.expiry.startsWith("20")) return fault(text, "the expiry is a day of the years 2000 to 2099");
  if (of.strike <= 0n || of.strike >= strikeMax) return fault(text, "the strike is above zero and below 100,000");
  if (of.strike % strikeStep !== 0n) return fault(text, "the strike has at most three decimals");
  const day = of.expiry.slice(2).replaceAll("-", "");
  const strike = (of.strike / strikeStep).toString().padStart(8, "0");
  const root = spelling === "padded" ? of.root.padEnd(6, " ") : of.root;
  return ok(`${root}${day}${of.right === "call" ? "C" : "P"}${strike}`);
}

/**
 * A root that OCC made anew after a split, merger or special dividend ends in a digit (`AAPL1`): it no longer delivers 100 shares of
 * the name before the digit, so its multiplier and deliverable must come from the venue.
 */
export const isAdjustedRoot = (root: string): boolean => /^[A-Z]+[0-9]$/.test(root);
