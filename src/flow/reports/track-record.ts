import { formatExact, roundToStep } from "../../words/exact.ts";
import { over, sum } from "../../words/money.ts";
import type { ClosedTrade } from "../portfolio/trade.ts";

/** Closed trades come in; what people and programs are shown of them goes out: money as decimal texts, rates as fractions. */

/** Null where there is nothing to take a mean of. */
export type TradeFigures = {
  readonly trades: number;
  readonly winRate: number | null;
  readonly averageWin: string | null;
  readonly averageLoss: string | null;
};

/** One strategy's own record (PERP-4). */
export type StrategyRow = TradeFigures & {
  readonly name: string;
  readonly net: string;
  /** How many ended at their stop, and how many at their target. */
  readonly stopped: number;
  readonly targets: number;
};

/** A trade wins when it brought more than it cost, fees and funding included. */
export function tradeFigures(trades: readonly ClosedTrade[]): TradeFigures {
  const wins = trades.filter(({ net }) => net > 0n);
  const losses = trades.filter(({ net }) => net <= 0n);
  return {
    trades: trades.length,
    winRate: trades.length === 0 ? null : wins.length / trades.length,
    averageWin: averageNet(wins),
    averageLoss: averageNet(losses),
  };
}

const cent = 10_000_000_000n;

/** To a cent: an average has no exact value to keep. */
const averageNet = (trades: readonly ClosedTrade[]): string | null =>
  trades.length === 0
    ? null
    : formatExact(roundToStep(over(sum(trades.map(({ net }) => net)), trades.length, "half_even"), cent, "half_even"));

/** By name, so that two runs show them alike. */
export function strategyRows(trades: readonly ClosedTrade[]): StrategyRow[] {
  const names = [...new Set(trades.map(({ strategy }) => strategy))].sort();
  return names.map((name) => {
    const own = trades.filter(({ strategy }) => strategy === name);
    const ended = (by: ClosedTrade["endedBy"]): number => own.filter(({ endedBy }) => endedBy === by).length;
    return {
      name,
      ...tradeFigures(own),
      net: formatExact(sum(own.map(({ net }) => net))),
      stopped: ended("stop_loss"),
      targets: ended("take_profit"),
    };
  });
}
