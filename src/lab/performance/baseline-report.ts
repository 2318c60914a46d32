import { Random } from "../../sim/random.ts";
import type { Interval95 } from "../prompts/intervals.ts";
import { maxDrawdown, sharpe } from "../statistics.ts";
import type { PerformanceSample } from "./performance-sample.ts";

/** Two samples come in; each measure of both with its 95% interval, and the difference with its own, goes out (DUAL-9). */

export const measureNames = ["winRate", "averageWin", "averageLoss", "maxDrawdown", "sharpe", "trades", "tradesPerDay"] as const;
export type MeasureName = (typeof measureNames)[number];

/** Null where there is too little to say it of; `differs` where the difference's interval leaves out zero. */
export type MeasureRow = {
  readonly name: MeasureName;
  readonly baseline: Interval95 | null;
  readonly recent: Interval95 | null;
  readonly difference: Interval95 | null;
  readonly differs: boolean;
};

const drawsUsual = 2_000;

export function baselineReport(baseline: PerformanceSample, recent: PerformanceSample, draws = drawsUsual): readonly MeasureRow[] {
  const before = drawn(baseline, "baseline", draws);
  const now = drawn(recent, "recent", draws);
  return measureNames.map((name) => {
    const [one, other] = [before[name], now[name]];
    const difference = intervalOf(
      one.value === null || other.value === null ? null : other.value - one.value,
      other.draws.map((each, at) => minus(each, one.draws[at] ?? null)),
    );
    return {
      name,
      baseline: intervalOf(one.value, one.draws),
      recent: intervalOf(other.value, other.draws),
      difference,
      differs: difference !== null && (difference.low > 0 || difference.high < 0),
    };
  });
}

type Drawn = { readonly value: number | null; readonly draws: readonly (number | null)[] };
const minus = (one: number | null, other: number | null): number | null => (one === null || other === null ? null : one - other);

/**
 * Efron (1979) over trades and over days; days in circular blocks (Politis and Romano 1992) of the cube root of their number, since a
 * drawdown is made of what follows on what. All measures of one draw are of the same trades, or of the same days.
 */
function drawn(sample: PerformanceSample, seed: string, draws: number): Readonly<Record<MeasureName, Drawn>> {
  const random = new Random(`${seed} > performance`);
  const { tradeNets, dailyReturns, tradesByDay } = sample;
  const resampled = Array.from({ length: draws }, () =>
    measured({
      tradeNets: redrawn(tradeNets, 1, random),
      dailyReturns: redrawn(dailyReturns, Math.round(Math.cbrt(dailyReturns.length)), random),
      tradesByDay: redrawn(tradesByDay, 1, random),
    }),
  );
  const value = measured(sample);
  const of = (name: MeasureName): Drawn => ({ value: value[name], draws: resampled.map((each) => each[name]) });
  return {
    winRate: of("winRate"),
    averageWin: of("averageWin"),
    averageLoss: of("averageLoss"),
    maxDrawdown: of("maxDrawdown"),
    sharpe: of("sharpe"),
    trades: of("trades"),
    tradesPerDay: of("tradesPerDay"),
  };
}

function redrawn(values: readonly number[], block: number, random: Random): readonly number[] {
  const { length } = values;
  const into: number[] = [];
  while (into.length < length) {
    const start = Math.floor(random.next() * length);
    for (let n = 0; n < block && into.length < length; n++) into.push(values[(start + n) % length] ?? 0);
  }
  return into;
}

const average = (of: readonly number[]): number | null => (of.length === 0 ? null : of.reduce((sum, each) => sum + each, 0) / of.length);

/** Crypto trades on every day of the year. */
const daysPerYear = 365;

function measured({ tradeNets, dailyReturns, tradesByDay }: PerformanceSample): Readonly<Record<MeasureName, number | null>> {
  const wins = tradeNets.filter((net) => net > 0);
  return {
    winRate: tradeNets.length === 0 ? null : wins.length / tradeNets.length,
    averageWin: average(wins),
    averageLoss: average(tradeNets.filter((net) => net <= 0)),
    maxDrawdown: drawdownOf(dailyReturns),
    sharpe: sharpe(dailyReturns, daysPerYear),
    trades: tradesByDay.length === 0 ? null : tradesByDay.reduce((sum, each) => sum + each, 0),
    tradesPerDay: average(tradesByDay),
  };
}

function drawdownOf(returns: readonly number[]): number | null {
  if (returns.length === 0) return null;
  const equity = new Float64Array(returns.length + 1);
  equity[0] = 1;
  returns.forEach((each, at) => (equity[at + 1] = (equity[at] ?? 1) * (1 + each)));
  return maxDrawdown(equity, equity.length);
}

/** Percentiles of the draws that have a value; fewer than two thirds of them say that there is too little to draw from. */
function intervalOf(value: number | null, draws: readonly (number | null)[]): Interval95 | null {
  const known = Float64Array.from(draws.filter((each) => each !== null));
  if (value === null || known.length * 3 < draws.length * 2 || known.length < 2) return null;
  known.sort();
  const at = (share: number): number => known[Math.round(share * (known.length - 1))] ?? Number.NaN;
  return { value, low: at(0.025), high: at(0.975) };
}
