import type { Equity } from "../../words/instrument.ts";
import { money } from "../../words/money.ts";
import { price } from "../../words/price.ts";
import { quantity } from "../../words/quantity.ts";

/** How every made-up share and fund of New York trades: cents, whole shares, lendable. */
export const shareTerms = {
  shortable: true,
  venue: "synthetic",
  currency: "USD",
  tick: price("0.01"),
  lot: quantity("1"),
  multiplier: quantity("1"),
  minQuantity: quantity("1"),
  maxQuantity: quantity("1000000"),
  minNotional: money("1"),
  priceMayBeNegative: false,
  calendar: "xnys",
} as const satisfies Omit<Equity, "kind" | "id" | "symbol" | "name">;
