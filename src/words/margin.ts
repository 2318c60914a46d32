import { divideUnits, exactOne, parseExact } from "./exact.ts";
import { invariant } from "./invariant.ts";
import { minus, moneyOfUnits, negate, notional, plus, timesRate, type Money } from "./money.ts";
import { priceOfUnits, type Price } from "./price.ts";
import { magnitude, type Quantity } from "./quantity.ts";
import type { Rate } from "./rate.ts";

/**
 * What a venue sets aside to open `notional` at `leverage` (1 or more; decimals are taken as they print): notional over leverage,
 * rounded up so that we never count on more room than there is. Source: Binance, "Leverage and Margin of USDⓈ-M Futures".
 */
export function initialMargin(notional: Money, leverage: number): Money {
  invariant(leverage >= 1, "leverage is at least 1");
  const exact = parseExact(String(leverage));
  invariant(exact.ok, `${leverage} is a leverage`);
  return moneyOfUnits(divideUnits(notional * exactOne, exact.value, "up"));
}

/**
 * Below this much equity behind it a position is liquidated: notional times the maintenance rate, rounded up.
 * Source: Binance, "Leverage and Margin of USDⓈ-M Futures", with one bracket, so its maintenance amount `cum` is zero.
 */
export const maintenanceMargin = (notional: Money, rate: Rate): Money => timesRate(notional, rate, "up");

/**
 * What stands behind one cross position: the wallet, and what the other cross positions have gained beyond their own maintenance.
 * Behind an isolated position stands its isolated margin alone.
 */
export const crossCollateral = (wallet: Money, othersUnrealised: Money, othersMaintenance: Money): Money =>
  minus(plus(wallet, othersUnrealised), othersMaintenance);

export type Backed = {
  /** Signed: above zero is long. Never zero. */
  readonly quantity: Quantity;
  /** Average entry times quantity times multiplier, always positive: a position's `cost`. */
  readonly cost: Money;
  /** `crossCollateral` in cross mode, the position's own margin in isolated mode. */
  readonly collateral: Money;
  readonly maintenanceMarginRate: Rate;
  readonly multiplier: Quantity;
  readonly tick: Price;
};

/**
 * The price at which collateral + unrealised(P) = maintenance(P). With size n = |quantity| × multiplier, cost C, collateral W, rate r:
 * long W + nP − C = rnP gives P = (C − W) / (n(1 − r)); short W + C − nP = rnP gives P = (C + W) / (n(1 + r)).
 * Source: Binance, "How to Calculate Liquidation Price of USDⓈ-M Futures Contracts", one-way mode, one bracket.
 * Rounded to the tick toward safety: at the returned price the position still stands, one tick further it does not.
 * `undefined` when no positive price liquidates a long; zero when every positive price liquidates a short.
 */
export function liquidationPrice(of: Backed): Price | undefined {
  invariant(of.quantity !== 0n, "only an open position has a liquidation price");
  invariant(of.maintenanceMarginRate >= 0n && of.maintenanceMarginRate < exactOne, "a maintenance rate is from zero to below one");
  const long = of.quantity > 0n;
  const loss = long ? of.cost - of.collateral : of.cost + of.collateral;
  if (loss <= 0n) return long ? undefined : priceOfUnits(0n);
  const kept = long ? exactOne - of.maintenanceMarginRate : exactOne + of.maintenanceMarginRate;
  const perTick = magnitude(of.quantity) * of.multiplier * kept * of.tick;
  // Money, quantity, multiplier, rate and tick each carry one scale of 10^12: one above the line, four below.
  const ticks = divideUnits(loss * exactOne * exactOne * exactOne, perTick, long ? "up" : "down");
  return priceOfUnits(ticks * of.tick);
}

/**
 * What a position receives at a funding time, negative when it pays: −rate × mark × signed quantity × multiplier, half to even.
 * Longs pay when the rate is positive. Source: Binance, "Introduction to Binance Futures Funding Rates".
 */
export const fundingPayment = (mark: Price, signed: Quantity, multiplier: Quantity, rate: Rate): Money =>
  negate(timesRate(notional(mark, signed, multiplier, "half_even"), rate, "half_even"));
