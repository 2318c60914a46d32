import { divideUnits, exactOne } from "../../words/exact.ts";
import type { Instrument } from "../../words/instrument.ts";
import type { Money } from "../../words/money.ts";
import type { Price } from "../../words/price.ts";
import type { Quantity } from "../../words/quantity.ts";
import type { Rate } from "../../words/rate.ts";
import type { Side } from "../../words/side.ts";
import type { Quote } from "../market/snapshot.ts";
import { sizeOf } from "./fractions.ts";

/** What the account pays its venue to trade, as the configuration knows it: a fact that rails leave room for, not a limit. */
export type Charges = {
  /** Of what is traded; a taker's, since whatever is bought or sold may have to take. */
  readonly takerFee: Rate;
  /** For each contract of an option, instead, where the venue charges so. */
  readonly feePerContract?: Money;
};

/**
 * What brokers value an order at that something paid in full is bought or sold short with: its own price, and for a sale below the
 * market the last price, since that is what the shares owed are worth.
 */
export const outlayPrice = (own: Price, side: Side, quote: Pick<Quote, "last">): Price =>
  side === "sell" && quote.last > own ? quote.last : own;

/** Of one whole unit at a price, its fee with it, in units of 10^-36. */
function ofOne(at: Price, { kind, multiplier }: Instrument, { takerFee, feePerContract }: Charges): bigint {
  const worth = sizeOf(at) * multiplier;
  return kind === "option" && feePerContract !== undefined ? (worth + feePerContract * exactOne) * exactOne : worth * (exactOne + takerFee);
}

/** What a quantity takes out of free cash at a price: its worth and the fee on it, rounded up once. */
export const outlayOf = (at: Price, quantity: Quantity, instrument: Instrument, charges: Charges): bigint =>
  divideUnits(sizeOf(quantity) * ofOne(at, instrument, charges), exactOne ** 3n, "up");

/** The most notional at `price` of which the outlay at `at` is within `free`, rounded down. */
export function roomForOutlay(free: bigint, price: Price, at: Price, instrument: Instrument, charges: Charges): bigint {
  const each = ofOne(at, instrument, charges);
  return each === 0n ? free : divideUnits(free * sizeOf(price) * instrument.multiplier * exactOne, each, "down");
}
