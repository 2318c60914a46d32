import type { InstrumentId } from "../../words/ids.ts";
import { notional, zeroMoney } from "../../words/money.ts";
import { lesser, magnitude, quantityMinus, quantityTimes, zeroQuantity } from "../../words/quantity.ts";
import type { Trade } from "./book-trade.ts";
import type { LedgerEvent } from "./event.ts";
import { costOfOldest, type Holding } from "./holding.ts";

type Adjusted = Extract<LedgerEvent, { readonly kind: "contracts_adjusted" }>;

/**
 * Contracts that became others, where these books hold less of them than the venue said, or more, or the others already: trades of the one
 * for the other that move no cash and realise nothing, at the cost of what is held and at the event's price beyond it.
 */
export function adjustedTrades(
  { instrument, quantity, became, times, price, at }: Adjusted,
  from: Holding,
): readonly { readonly of: InstrumentId; readonly trade: Trade }[] {
  const told = magnitude(quantity);
  const known = from.quantity > 0n === quantity > 0n ? lesser(magnitude(from.quantity), told) : zeroQuantity;
  const unknown = quantityMinus(told, known);
  const parts = [
    { size: known, value: costOfOldest(from, known) },
    { size: unknown, value: notional(price, unknown, from.instrument.multiplier, "half_even") },
  ];
  const [out, into] = quantity > 0n ? (["sell", "buy"] as const) : (["buy", "sell"] as const);
  return parts
    .filter(({ size }) => size > 0n)
    .flatMap(({ size, value }) => [
      { of: instrument, trade: { side: out, quantity: size, price, value, fee: zeroMoney, at } },
      { of: became, trade: { side: into, quantity: quantityTimes(size, times, 1), price, value, fee: zeroMoney, at } },
    ]);
}
