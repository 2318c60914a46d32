import { decimalsOf, exactDecimals, exactOne } from "../../words/exact.ts";
import { parseInstrumentId } from "../../words/ids.ts";
import type { Instrument } from "../../words/instrument.ts";
import { money } from "../../words/money.ts";
import { priceOfUnits, type Price } from "../../words/price.ts";
import { quantity, quantityOfUnits, type Quantity } from "../../words/quantity.ts";
import { rate } from "../../words/rate.ts";
import { err, ok, type Result } from "../../words/result.ts";
import type { BookEntry } from "./instrument-book.ts";
import type { Market } from "./file-name.ts";
import { pairOf } from "./symbol.ts";

export type GivenSteps = { readonly tick?: Price; readonly lot?: Quantity };
/** The finest decimals that the prices and volumes of the rows use. */
export type NeededSteps = { readonly priceDecimals: number; readonly lotDecimals: number };

/** The canonical symbol and id of what a file holds, or the rule that its symbol breaks. */
export function nameOf(
  symbol: string,
  market: Market,
  currency: string | undefined,
): Result<{ readonly id: string; readonly symbol: string; readonly base: string; readonly currency: string }, string> {
  const crypto = market === "perpetual" || market === "spot";
  const pair = crypto ? pairOf(symbol) : undefined;
  const canonical = crypto ? (pair?.symbol ?? symbol.toUpperCase()) : symbol.toUpperCase();
  if (crypto && pair === undefined && currency === undefined)
    return err(`the currency of "${symbol}" is not told by the symbol: say --currency, or write it BASE-QUOTE`);
  const suffix = { perpetual: ".PERP", spot: ".SPOT", equity: "", etf: "" } as const satisfies Record<Market, string>;
  const id = canonical + suffix[market];
  if (!parseInstrumentId(id).ok || /[/:]/.test(id)) return err(`"${symbol}" is not a symbol of letters, digits and . _ -`);
  return ok({ id, symbol: canonical, base: pair?.base ?? canonical, currency: currency ?? pair?.quote ?? "USD" });
}

/** Metadata that no price file has, at values that are usual on the large venues; a person edits them in assets.json. */
export function newEntry(
  named: { readonly id: string; readonly symbol: string; readonly base: string; readonly currency: string },
  market: Market,
  needed: NeededSteps,
  given: GivenSteps,
  fundingIntervalHours: number,
): Result<BookEntry, string> {
  const id = parseInstrumentId(named.id);
  if (!id.ok) return err(`"${named.id}" is not an id`);
  const tick = given.tick ?? priceOfUnits(stepOf(needed.priceDecimals));
  const lot = given.lot ?? lotBeside(tick, quantityOfUnits(stepOf(needed.lotDecimals)));
  const crypto = market === "perpetual" || market === "spot";
  const common = {
    id: id.value,
    symbol: named.symbol,
    venue: "history",
    currency: named.currency,
    tick,
    lot,
    multiplier: quantity("1"),
    minQuantity: lot,
    maxQuantity: quantity("1000000000"),
    minNotional: crypto ? money("5") : money("0"),
    priceMayBeNegative: false,
    calendar: crypto ? ("always" as const) : ("xnys" as const),
  };
  const instrument: Instrument =
    market === "perpetual"
      ? {
          kind: "perpetual",
          ...common,
          base: named.base,
          leverageMax: 50,
          maintenanceMarginRate: rate("0.005"),
          liquidationFeeRate: rate("0.0125"),
          fundingIntervalHours,
        }
      : market === "spot"
        ? { kind: "spot", ...common, base: named.base }
        : { kind: market, ...common, name: named.symbol, shortable: true };
  return ok({ tickFixed: given.tick !== undefined, lotFixed: given.lot !== undefined, instrument });
}

/** A later file may need a finer tick or lot; the coarser stored prices are multiples of it as well. */
export function widened(entry: BookEntry, needed: NeededSteps, given: GivenSteps): BookEntry {
  const { instrument } = entry;
  const tick = given.tick ?? (entry.tickFixed ? instrument.tick : finer(instrument.tick, priceOfUnits(stepOf(needed.priceDecimals))));
  const lotNeeded = finer(instrument.lot, quantityOfUnits(stepOf(needed.lotDecimals)));
  const lot = given.lot ?? (entry.lotFixed ? instrument.lot : lotBeside(tick, lotNeeded));
  const minQuantity = instrument.minQuantity === instrument.lot ? lot : instrument.minQuantity;
  return {
    tickFixed: entry.tickFixed || given.tick !== undefined,
    lotFixed: entry.lotFixed || given.lot !== undefined,
    instrument: { ...instrument, tick, lot, minQuantity },
  };
}

/** Tick and lot may use twelve decimals together; volumes finer than the lot are floored when they are loaded. */
function lotBeside(tick: Price, lot: Quantity): Quantity {
  const room = quantityOfUnits(stepOf(exactDecimals - decimalsOf(tick)));
  return lot < room ? room : lot;
}

const finer = <Step extends bigint>(left: Step, right: Step): Step => (left < right ? left : right);
const stepOf = (decimals: number): bigint => exactOne / 10n ** BigInt(Math.min(decimals, exactDecimals));
