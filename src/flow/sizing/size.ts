import type { Brand } from "../../words/brand.ts";
import { formatExact } from "../../words/exact.ts";
import { notional, smaller, type Money } from "../../words/money.ts";
import { lesser, quantityFor, toLot, type Quantity } from "../../words/quantity.ts";
import type { Intent } from "../resolution/intent.ts";
import type { Passed } from "../rails/verdict.ts";

/** Passed intents come in, a quantity that never exceeds what the rails allowed goes out. */

/** Only `size` makes one, and only from a `Passed`. */
export type Sized = Brand<
  {
    readonly passed: Passed;
    readonly method: SizingMethod;
    readonly quantity: Quantity;
    readonly notional: Money;
    readonly arithmetic: Readonly<Record<string, string>>;
  },
  "Sized"
>;

export type SizingMethod = "allocation" | "exact_quantity";
export type TooSmall = { readonly method: SizingMethod; readonly why: "below_minimum_quantity" | "below_minimum_notional" | "no_room" };

/** Rounds down to whole lots: rounding up has bought more than the account held elsewhere. */
export function size(passed: Passed, intent: Intent): Sized | TooSmall {
  const { instrument, price, quantity: most, reduceOnly } = passed.candidate;
  const method = intent.wanted.by === "notional" ? "allocation" : "exact_quantity";
  const room = intent.wanted.by === "notional" ? smaller(intent.wanted.notional, passed.notionalMax) : passed.notionalMax;
  const raw = quantityFor(room, price, instrument.multiplier, "down");
  const quantity = toLot(lesser(raw, most), instrument.lot, "down");
  if (quantity <= 0n) return { method, why: "no_room" };
  // The last of a position may be smaller than an order that opens one.
  if (!reduceOnly && quantity < instrument.minQuantity) return { method, why: "below_minimum_quantity" };
  if (!reduceOnly && notional(price, quantity, instrument.multiplier, "down") < instrument.minNotional)
    return { method, why: "below_minimum_notional" };
  const allowed = formatExact(passed.notionalMax);
  const rest = { price: formatExact(price), unrounded: formatExact(raw), lot: formatExact(instrument.lot) };
  return sized(
    passed,
    method,
    quantity,
    intent.wanted.by === "notional"
      ? { wanted: formatExact(intent.wanted.notional), allowed, price: rest.price, unrounded: rest.unrounded, lot: rest.lot }
      : { quantity: formatExact(most), allowed, price: rest.price, unrounded: rest.unrounded, lot: rest.lot },
  );
}

export const tooSmall = (answer: Sized | TooSmall): answer is TooSmall => "why" in answer;

function sized(passed: Passed, method: SizingMethod, quantity: Quantity, arithmetic: Readonly<Record<string, string>>): Sized {
  const { price, instrument } = passed.candidate;
  return { passed, method, quantity, notional: notional(price, quantity, instrument.multiplier, "up"), arithmetic } as Sized;
}
