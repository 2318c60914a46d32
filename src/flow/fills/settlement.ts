import { executionId, type InstrumentId, type TransactionId } from "../../words/ids.ts";
import { zeroMoney, type Money } from "../../words/money.ts";
import type { Price } from "../../words/price.ts";
import { magnitude, type Quantity } from "../../words/quantity.ts";
import type { Fill } from "./fill.ts";

/** How option contracts came to their end at the venue, whole or in part, without an order of ours. */
export type Settlement = {
  readonly transaction: TransactionId;
  readonly instrument: InstrumentId;
  /** Signed contracts that were held and are gone. */
  readonly quantity: Quantity;
  /** At which each was closed: zero where it expired or shares were delivered, what it was worth where cash was paid. */
  readonly price: Price;
  /** Shares that came (above zero) or went, at the strike. */
  readonly delivered?: { readonly instrument: InstrumentId; readonly quantity: Quantity; readonly price: Price };
};

/** What a split of the underlying makes of option contracts that are held: others, as many times as it multiplies the shares. */
export type Adjustment = {
  readonly transaction: TransactionId;
  readonly instrument: InstrumentId;
  /** Signed contracts that were held and are gone. */
  readonly quantity: Quantity;
  readonly became: InstrumentId;
  readonly times: number;
};

/** What lent shares cost that were short over `days` nights, which last closed at `price`. */
export type Borrow = {
  readonly transaction: TransactionId;
  readonly instrument: InstrumentId;
  readonly price: Price;
  readonly days: number;
  /** Above zero when charged. */
  readonly amount: Money;
};

type Gone = Pick<Settlement, "instrument" | "quantity" | "price">;

/**
 * A settlement comes in; the trades that books make of it go out: the contracts are traded away at what was paid for them, the shares
 * are traded at the strike. Equity is what it was with the option at its intrinsic value.
 */
export function settlementFills(
  { transaction, instrument, quantity, price, delivered }: Settlement,
  at: Temporal.Instant,
): readonly Fill[] {
  const fill = (part: string, of: Gone, side: Fill["side"]): Fill => ({
    execution: executionId(`${transaction}.${part}`),
    instrument: of.instrument,
    side,
    quantity: magnitude(of.quantity),
    price: of.price,
    fee: zeroMoney,
    liquidity: "taker",
    reason: "settlement",
    at,
  });
  const contracts = fill("c", { instrument, quantity, price }, quantity > 0n ? "sell" : "buy");
  return delivered === undefined ? [contracts] : [contracts, fill("s", delivered, delivered.quantity > 0n ? "buy" : "sell")];
}
