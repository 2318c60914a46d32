import { timesRate, zeroMoney, type Money } from "../../words/money.ts";
import { bps } from "../../words/rate.ts";

/** A conviction comes in, a notional goes out: the desk's own table, which no member can reach (COUN-7, COUN-11). */

export type ConvictionSizes = {
  /** Percent of equity for a conviction of one and of two, either way. */
  readonly onePct: number;
  readonly twoPct: number;
};

export function convictionSize(equity: Money, conviction: number, { onePct, twoPct }: ConvictionSizes): Money {
  const strength = Math.min(2, Math.floor(Math.abs(conviction)));
  const percent = strength === 0 ? 0 : strength === 1 ? onePct : twoPct;
  return equity <= 0n || percent === 0 ? zeroMoney : timesRate(equity, bps(percent * 100), "down");
}
