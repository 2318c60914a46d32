import type { ClosedTrade } from "../../flow/portfolio/trade.ts";
import { AccountState } from "../../journal/account-state.ts";
import type { Entry } from "../../journal/entry.ts";
import { approximately } from "../../words/exact.ts";
import { err, ok, type Result } from "../../words/result.ts";
import type { EquityCurve } from "../equity-curve.ts";
import { dailyReturns } from "../statistics.ts";

/** What of a run can be drawn from again: each trade's net, and for each day of UTC its return and how many trades closed in it. */
export type PerformanceSample = {
  /** In the account's currency, in the order in which the trades closed. */
  readonly tradeNets: readonly number[];
  readonly dailyReturns: readonly number[];
  readonly tradesByDay: readonly number[];
};

const dayMs = 86_400_000;

type Measured = {
  readonly plan: { readonly venue: { readonly startCash: bigint } };
  readonly state: { readonly trades: readonly ClosedTrade[] };
  readonly curve: Pick<EquityCurve, "atMs" | "equity" | "length">;
};

/** A finished backtest's sample. */
export const performanceOf = ({ plan, state, curve }: Measured): PerformanceSample =>
  sample(state.trades, curve.atMs, curve.equity, curve.length, approximately(plan.venue.startCash));

/** A journal comes in, of a backtest or of real trading; its sample goes out, with equity as the desk saw it when it woke. */
export function performanceIn(entries: Iterable<Entry>): Result<PerformanceSample, "no_decisions"> {
  const state = new AccountState();
  const atMs: number[] = [];
  const equity: number[] = [];
  for (const entry of entries) {
    state.apply(entry);
    const { fact } = entry;
    if (fact.kind !== "woke" && fact.kind !== "closed") continue;
    atMs.push(entry.at.epochMilliseconds);
    equity.push(approximately(fact.equity));
  }
  if (atMs.length === 0) return err("no_decisions");
  const start = approximately(state.opening.startCash);
  return ok(sample(state.trades, Float64Array.from(atMs), Float64Array.from(equity), atMs.length, start));
}

function sample(
  trades: readonly ClosedTrade[],
  atMs: Float64Array,
  equity: Float64Array,
  length: number,
  start: number,
): PerformanceSample {
  const firstDay = Math.floor(((atMs[0] ?? 0) - 1) / dayMs);
  const days = length === 0 ? 0 : Math.floor(((atMs[length - 1] ?? 0) - 1) / dayMs) - firstDay + 1;
  const byDay = new Map<number, number>();
  for (const { closedAt } of trades) {
    const day = Math.floor((closedAt.epochMilliseconds - 1) / dayMs) - firstDay;
    byDay.set(day, (byDay.get(day) ?? 0) + 1);
  }
  return {
    tradeNets: trades.map(({ net }) => cents(net)),
    dailyReturns: dailyReturns(atMs, equity, length, start),
    tradesByDay: Array.from({ length: days }, (_, day) => byDay.get(day) ?? 0),
  };
}

/** To the cent: an interval knows no more, and a file is shorter for it. */
const cents = (net: bigint): number => Math.round(approximately(net) * 100) / 100;
