import { divideUnits, formatExact } from "../../words/exact.ts";
import { moneyOfUnits, smaller, timesRate, zeroMoney, type Money } from "../../words/money.ts";
import { distance, type Price } from "../../words/price.ts";
import { bps, factor } from "../../words/rate.ts";
import type { Thresholds } from "./aggressiveness.ts";

export type SizeQuestion = {
  readonly equity: Money;
  readonly entry: Price;
  readonly stop: Price;
  /** One average true range, in currency. */
  readonly atr: Price;
  /** How many of them a trade is sized for. */
  readonly atrTimes: number;
  /** Share of equity that Kelly would have at risk. */
  readonly kelly: number;
  readonly thresholds: Pick<Thresholds, "riskBps" | "kellyPart">;
  /** 0..1, from the calibrator's skill; 1 where sizes do not follow it. */
  readonly skillScale: number;
  readonly orderMax: Money;
};

export type SizeAnswer = { readonly notional: Money; readonly arithmetic: Readonly<Record<string, string>> };

/**
 * The smallest of three (EQ-3, EQ-4): what loses `riskBps` of equity over the wider of the ATR distance and the stop's, what fractional Kelly
 * would have at risk at the stop, and the largest order; then scaled by skill. Rounded down; zero where any of them allows nothing.
 */
export function sizeByEdge({ equity, entry, stop, atr, atrTimes, kelly, thresholds, skillScale, orderMax }: SizeQuestion): SizeAnswer {
  const away = distance(entry, stop);
  const byRange = timesRate(moneyOfUnits(atr), factor(atrTimes), "up");
  const wider = byRange > away ? byRange : away;
  if (equity <= 0n || away <= 0n || wider <= 0n) return { notional: zeroMoney, arithmetic: { equity: formatExact(equity), distance: "0" } };
  const behind = (risked: Money, over: bigint): Money => moneyOfUnits(divideUnits(risked * entry, over, "down"));
  const atRisk = timesRate(equity, bps(thresholds.riskBps), "down");
  const byAtr = behind(atRisk, wider);
  const byKelly = behind(timesRate(equity, factor(Math.max(0, kelly) * thresholds.kellyPart), "down"), away);
  const notional = timesRate(smaller(smaller(byAtr, byKelly), orderMax), factor(Math.min(1, Math.max(0, skillScale))), "down");
  const arithmetic = {
    equity: formatExact(equity),
    atRisk: formatExact(atRisk),
    distance: formatExact(wider),
    byAtr: formatExact(byAtr),
    byKelly: formatExact(byKelly),
    orderMax: formatExact(orderMax),
    skillScale: String(skillScale),
  };
  return { notional, arithmetic };
}
