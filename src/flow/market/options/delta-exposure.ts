import { notional, timesRate, type Money } from "../../../words/money.ts";
import type { Option } from "../../../words/instrument.ts";
import type { Price } from "../../../words/price.ts";
import type { Quantity } from "../../../words/quantity.ts";
import { factor } from "../../../words/rate.ts";
import type { Greeks } from "./chain.ts";

/**
 * What contracts are worth as a stake on their underlying: the shares that move as they do, at the underlying's price. Above zero gains
 * when the underlying rises, below when it falls; delta counts to six decimals, and sizes are rounded up, away from zero. A delta that
 * nobody knows counts as a whole one, so that an exposure is never understated.
 */
export function deltaExposure(
  { instrument, quantity }: { readonly instrument: Option; readonly quantity: Quantity },
  greeks: Pick<Greeks, "delta"> | undefined,
  underlyingPrice: Price,
): Money {
  const delta = greeks?.delta ?? (instrument.right === "call" ? 1 : -1);
  const shares = notional(underlyingPrice, quantity, instrument.multiplier, quantity < 0n ? "down" : "up");
  return timesRate(shares, factor(delta), quantity > 0n === delta > 0 ? "up" : "down");
}
