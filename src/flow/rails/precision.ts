import { notional } from "../../words/money.ts";
import { sizeOf } from "./fractions.ts";
import { pass, refuse } from "./say.ts";
import type { Rail } from "./verdict.ts";

/** Also holds the notional to price times quantity, so that every rail behind it may compare the notional alone. */
export const precision: Rail = {
  code: "precision",
  title: "Precision",
  against: "prices and quantities that a venue would round or reject, and a notional that is not theirs",
  judges: "all",
  compares: "quantity with whole lots, prices with whole ticks, all above zero, and the notional with price times quantity",
  limits: [],
  refuses: ["precision.quantity", "precision.price", "precision.notional"],
  check: ({ candidate }) => {
    const { instrument, quantity, price, stopLoss, takeProfit } = candidate;
    const { tick, lot, multiplier, priceMayBeNegative } = instrument;
    if (quantity <= 0n || quantity % lot !== 0n) return refuse("precision", "precision.quantity", "quantity", quantity, lot);
    const onGrid = (of: bigint): boolean => of % tick === 0n && (of > 0n || priceMayBeNegative);
    if (!onGrid(price)) return refuse("precision", "precision.price", "price", price, tick);
    if (stopLoss !== undefined && !onGrid(stopLoss)) return refuse("precision", "precision.price", "price", stopLoss, tick);
    if (takeProfit !== undefined && !onGrid(takeProfit)) return refuse("precision", "precision.price", "price", takeProfit, tick);
    const worth = sizeOf(notional(price, quantity, multiplier, "half_even"));
    return candidate.notional === worth
      ? pass("precision", "price", price, tick)
      : refuse("precision", "precision.notional", "money", candidate.notional, worth);
  },
};
