import type { ChainQuote } from "../../flow/market/options/chain.ts";
import { listedOption } from "../../flow/market/options/listed-option.ts";
import { exactOne, parseExact, roundToStep } from "../../words/exact.ts";
import { parseInstrumentId, type InstrumentId } from "../../words/ids.ts";
import { price, priceOfUnits, type Price } from "../../words/price.ts";
import { quantity } from "../../words/quantity.ts";
import { err, ok, type Result } from "../../words/result.ts";
import type { ChainFileFault, RejectedRow } from "./chain-file-fault.ts";
import { csvRows, type CsvRow } from "./csv-rows.ts";
import type { ReadChain } from "./strike-table.ts";

export type SettlementAbout = {
  /** Of the options and of their futures: `LN` gives LN201224C00003000 on LN.2021-01. */
  readonly root: string;
  readonly venue: string;
  readonly asOf: Temporal.Instant;
  /** Strikes are coded as this many times the price. */
  readonly strikeTimes: number;
  /** Units of the underlying in one contract. */
  readonly multiplier: string;
};

const columns = [
  "futures-expirationDate",
  "options-priorSettle",
  "options-strikePrice",
  "futures-priorSettle",
  "options-optiontype",
] as const;

const settleTick = price("0.0001");

/**
 * An exchange's list of settlements: European options on futures, one price each, every delivery month with a future of its own. Goes
 * out as one chain a month, whose underlying is that month's future (value it with the yield equal to the rate: Black 1976). A
 * settlement is both sides of its quote; there is no open interest or volume in such a list. Prices were written as doubles
 * (2.9339999999999997) and are taken to the nearest 0.0001.
 */
export function readSettlements(
  text: string,
  about: SettlementAbout,
): Result<readonly (ReadChain & { readonly month: string })[], ChainFileFault> {
  const rows = csvRows(text, columns);
  if (!rows.ok) return rows;
  const months = Map.groupBy(rows.value, ({ cells }) => cells["futures-expirationDate"] ?? "");
  const chains = [...months]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([month, of]) => {
      const read = monthOf(month, of, about);
      return read === undefined ? [] : [read];
    });
  return chains.length === 0 ? err({ code: "no_rows" }) : ok(chains);
}

function monthOf(month: string, rows: readonly CsvRow[], about: SettlementAbout): (ReadChain & { readonly month: string }) | undefined {
  const underlying = parseInstrumentId(`${about.root}.${month.slice(0, 7)}`);
  const future = settled(rows[0]?.cells["futures-priorSettle"] ?? "");
  const expiry = expiryBefore(month);
  if (!underlying.ok || future === undefined || expiry === undefined) return undefined;
  const quotes: ChainQuote[] = [];
  const rejected: RejectedRow[] = [];
  for (const row of rows) {
    const quote = quoteOf(row, underlying.value, expiry, about);
    if (quote.ok) quotes.push(quote.value);
    else rejected.push({ line: row.line, why: quote.error });
  }
  return {
    month,
    chain: { underlying: underlying.value, underlyingPrice: future, asOf: about.asOf, expiries: [expiry], quotes },
    rejected,
  };
}

function quoteOf({ cells }: CsvRow, underlying: InstrumentId, expiry: string, about: SettlementAbout): Result<ChainQuote, string> {
  const right = cells["options-optiontype"];
  const settle = settled(cells["options-priorSettle"] ?? "");
  const coded = parseExact(cells["options-strikePrice"] ?? "");
  if (right !== "call" && right !== "put") return err(`"${right}" is neither call nor put`);
  if (settle === undefined) return err(`"${cells["options-priorSettle"]}" is no settlement, which is a price above zero`);
  if (!coded.ok || coded.value % BigInt(about.strikeTimes) !== 0n)
    return err(`"${cells["options-strikePrice"]}" is no strike coded as ${about.strikeTimes} times its price`);
  const strike = priceOfUnits(coded.value / BigInt(about.strikeTimes));
  const { root, venue } = about;
  const listed = listedOption(
    { root, expiry, right, strike },
    { underlying, venue, exercise: "european", tick: settleTick, multiplier: quantity(about.multiplier) },
  );
  if (!listed.ok) return err("rule" in listed.error ? listed.error.rule : listed.error.code);
  return ok({ instrument: listed.value, bid: settle, ask: settle, last: settle, openInterest: 0, volume: 0 });
}

/** Above zero, to the nearest ten thousandth; the digits of a double are cut where our scale ends. */
function settled(text: string): Price | undefined {
  const match = /^(\d{1,9})(?:\.(\d+))?$/.exec(text);
  const read = match === null ? undefined : parseExact(`${match[1]}.${(match[2] ?? "").slice(0, 12)}`);
  if (read?.ok !== true) return undefined;
  const nearest = roundToStep(read.value + exactOne / 20_000n, settleTick, "down");
  return nearest > 0n ? priceOfUnits(nearest) : undefined;
}

/** These options expire on the business day before their future, which stops trading three business days before its month. */
function expiryBefore(month: string): string | undefined {
  if (!/^\d{4}-(0[1-9]|1[0-2])-01$/.test(month)) return undefined;
  let day = Temporal.PlainDate.from(month);
  for (let left = 4; left > 0;) {
    day = day.subtract({ days: 1 });
    if (day.dayOfWeek <= 5) left -= 1;
  }
  return day.toString();
}
