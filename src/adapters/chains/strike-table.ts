import { z } from "zod";
import type { Chain, ChainQuote } from "../../flow/market/options/chain.ts";
import { listedOption } from "../../flow/market/options/listed-option.ts";
import { approximately, parseExact } from "../../words/exact.ts";
import type { InstrumentId } from "../../words/ids.ts";
import { parsePrice, type Price } from "../../words/price.ts";
import { err, ok, type Result } from "../../words/result.ts";
import type { ChainFileFault, RejectedRow } from "./chain-file-fault.ts";
import { csvRows } from "./csv-rows.ts";

/** What such a file does not say of itself, or only in its name. */
export type StrikeTableAbout = {
  readonly underlying: InstrumentId;
  readonly root: string;
  readonly underlyingPrice: Price;
  readonly expiry: string;
  readonly asOf: Temporal.Instant;
  readonly venue: string;
  readonly exercise: "american" | "european";
};

export type ReadChain = { readonly chain: Chain; readonly rejected: readonly RejectedRow[] };

type StrikeRow = {
  readonly line: number;
  readonly strike: string;
  readonly call: readonly [bid: string, ask: string];
  readonly put: readonly [bid: string, ask: string];
  /** In percent. */
  readonly volatility: string;
  readonly volume: string;
  readonly openInterest: string;
};

const columns = ["Strike Price", "Call Bid", "Call Ask", "Put Bid", "Put Ask", "Implied Volatility", "Volume", "Open Interest"] as const;

/**
 * A snapshot of one expiry with a row for each strike, as option calculators save it: call and put side by side, one volatility, counts
 * that are often blank. Its greeks are not taken: such files carry placeholders there.
 */
export function readStrikeCsv(text: string, about: StrikeTableAbout): Result<ReadChain, ChainFileFault> {
  const rows = csvRows(text, columns);
  if (!rows.ok) return rows;
  return chainOf(
    rows.value.map(({ line, cells }) => {
      const cell = (name: (typeof columns)[number]): string => cells[name] ?? "";
      return {
        line,
        strike: cell("Strike Price"),
        call: [cell("Call Bid"), cell("Call Ask")],
        put: [cell("Put Bid"), cell("Put Ask")],
        volatility: cell("Implied Volatility"),
        volume: cell("Volume"),
        openInterest: cell("Open Interest"),
      };
    }),
    about,
  );
}

const number = z.number().optional();
const File = z.object({
  options: z.array(
    z.object({
      strike_price: z.number(),
      call_bid: number,
      call_ask: number,
      put_bid: number,
      put_ask: number,
      implied_volatility: number,
      volume: number,
      open_interest: number,
    }),
  ),
});

/** The same table as JSON. Its numbers are doubles in the file; the shortest text of each is what was meant. */
export function readStrikeJson(text: string, about: StrikeTableAbout): Result<ReadChain, ChainFileFault> {
  const parsed = File.safeParse(jsonOf(text));
  if (!parsed.success) return err({ code: "unreadable_file", detail: parsed.error.issues[0]?.message ?? "another shape" });
  const said = (value: number | undefined): string => (value === undefined ? "" : String(value));
  const rows = parsed.data.options.map((row, at) => ({
    line: at + 1,
    strike: said(row.strike_price),
    call: [said(row.call_bid), said(row.call_ask)] as const,
    put: [said(row.put_bid), said(row.put_ask)] as const,
    volatility: said(row.implied_volatility),
    volume: said(row.volume),
    openInterest: said(row.open_interest),
  }));
  return rows.length === 0 ? err({ code: "no_rows" }) : chainOf(rows, about);
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function chainOf(rows: readonly StrikeRow[], about: StrikeTableAbout): Result<ReadChain, ChainFileFault> {
  const quotes: ChainQuote[] = [];
  const rejected: RejectedRow[] = [];
  for (const row of rows) {
    // A strike or a count is both sides' own, and what is wrong with it is said once.
    const faults = new Set<string>();
    for (const right of ["call", "put"] as const) {
      const quote = quoteOf(row, right, about);
      if (quote.ok) quotes.push(quote.value);
      else for (const fault of quote.error) faults.add(fault);
    }
    if (faults.size > 0) rejected.push({ line: row.line, why: [...faults].join("; ") });
  }
  const { underlying, underlyingPrice, asOf, expiry } = about;
  return ok({ chain: { underlying, underlyingPrice, asOf, expiries: [expiry], quotes }, rejected });
}

function quoteOf(row: StrikeRow, right: "call" | "put", about: StrikeTableAbout): Result<ChainQuote, readonly string[]> {
  const [bidText, askText] = row[right];
  const [strike, bid, ask] = [parsePrice(row.strike), parsePrice(bidText), parsePrice(askText)];
  if (!strike.ok) return err([noPrice(row.strike, "strike")]);
  if (!bid.ok || !ask.ok)
    return err([...(bid.ok ? [] : [noPrice(bidText, `${right}'s bid`)]), ...(ask.ok ? [] : [noPrice(askText, `${right}'s ask`)])]);
  const { root, expiry, underlying, venue, exercise } = about;
  const listed = listedOption({ root, expiry, right, strike: strike.value }, { underlying, venue, exercise });
  if (!listed.ok) return err(["rule" in listed.error ? listed.error.rule : listed.error.code]);
  const [volume, openInterest, volatility] = [countOf(row.volume), countOf(row.openInterest), parseExact(row.volatility)];
  if (volume === undefined || openInterest === undefined)
    return err([
      ...(volume === undefined ? [noCount(row.volume, "volume")] : []),
      ...(openInterest === undefined ? [noCount(row.openInterest, "open interest")] : []),
    ]);
  return ok({
    instrument: listed.value,
    bid: bid.value,
    ask: ask.value,
    openInterest,
    volume,
    ...(volatility.ok && volatility.value > 0n ? { iv: approximately(volatility.value) / 100 } : {}),
  });
}

const noPrice = (text: string, what: string): string => (text === "" ? `the ${what} is missing` : `the ${what} "${text}" is no price`);
const noCount = (text: string, what: string): string => `the ${what} "${text}" is no whole number from 0`;

/** Blank is nothing traded. */
function countOf(text: string): number | undefined {
  if (text === "") return 0;
  const read = parseExact(text);
  const count = read.ok ? approximately(read.value) : Number.NaN;
  return Number.isSafeInteger(count) && count >= 0 ? count : undefined;
}
