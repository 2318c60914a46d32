import { exactOne } from "../../../words/exact.ts";
import { parseInstrumentId, type InstrumentId } from "../../../words/ids.ts";
import { checkInstrument, type BadInstrument, type Option } from "../../../words/instrument.ts";
import { zeroMoney } from "../../../words/money.ts";
import { price, type Price } from "../../../words/price.ts";
import { quantityOfUnits, type Quantity } from "../../../words/quantity.ts";
import { err, type Result } from "../../../words/result.ts";
import { isAdjustedRoot, occSymbol, type NotAnOccSymbol, type OccContract } from "./occ-symbol.ts";

/** What a listing adds to the contract's own words; US equity options are the defaults. */
export type ListingTerms = {
  readonly underlying: InstrumentId;
  readonly venue: string;
  readonly exercise?: Option["exercise"];
  readonly tick?: Price;
  /** Of an adjusted contract the venue's own; 100 otherwise. */
  readonly multiplier?: Quantity;
};

export type NotListed = NotAnOccSymbol | BadInstrument | { readonly code: "adjusted_deliverable"; readonly root: string };

const one = quantityOfUnits(exactOne);
const hundred = quantityOfUnits(100n * exactOne);
const contractsMax = quantityOfUnits(100_000n * exactOne);
const cent = price("0.01");

/**
 * A listed option as an instrument under its compact OCC symbol: whole contracts of 100, dollars, cents, New York hours, American
 * exercise, unless the terms say otherwise. An adjusted root needs the multiplier said, because nobody can guess what it delivers.
 */
export function listedOption(of: OccContract, terms: ListingTerms): Result<Option, NotListed> {
  const symbol = occSymbol(of);
  if (!symbol.ok) return symbol;
  if (isAdjustedRoot(of.root) && terms.multiplier === undefined) return err({ code: "adjusted_deliverable", root: of.root });
  const id = parseInstrumentId(symbol.value);
  if (!id.ok) return err({ code: "not_an_occ_symbol", text: symbol.value, rule: "the symbol is an id" });
  return checkInstrument({
    kind: "option",
    id: id.value,
    symbol: symbol.value,
    venue: terms.venue,
    currency: "USD",
    tick: terms.tick ?? cent,
    lot: one,
    multiplier: terms.multiplier ?? hundred,
    minQuantity: one,
    maxQuantity: contractsMax,
    minNotional: zeroMoney,
    priceMayBeNegative: false,
    calendar: "xnys",
    underlying: terms.underlying,
    right: of.right,
    strike: of.strike,
    expiry: of.expiry,
    exercise: terms.exercise ?? "american",
  });
}
