import { approximately } from "../../words/exact.ts";
import { maxDrawdown } from "../statistics.ts";
import { bootstrapMean, wilson, type Interval95 } from "../prompts/intervals.ts";
import { tradeFigures } from "../../flow/reports/track-record.ts";
import type { TradeStatus } from "../../journal/council-log.ts";
import type { AccountState } from "../../journal/account-state.ts";
import type { Entry } from "../../journal/entry.ts";
import type { Money } from "../../words/money.ts";

/** One account's record, with intervals: after a handful of weeks most differences are luck, and the page says so. */
export type LeaderboardRow = {
  readonly account: string;
  readonly netPct: number;
  /** Mean of its weeks from meeting to meeting, in basis points; null below two weeks. */
  readonly weekBps: Interval95 | null;
  readonly weeks: number;
  readonly trades: number;
  readonly winRate: Interval95 | null;
  readonly maxDrawdownPct: number;
  readonly modelCost: string;
  /** What became of what was shown to a person. */
  readonly shown: Readonly<Partial<Record<TradeStatus, number>>>;
};

/** What a row is made of: an account's equity as it went, and what its journal tells. */
export type SeatRecord = {
  readonly name: string;
  readonly curve: { readonly atMs: ArrayLike<number>; readonly equity: ArrayLike<number>; readonly length: number };
  readonly state: AccountState;
  readonly startCash: Money;
};

/** Best first by what it made; the flat baseline stands where it stands. `weekMs` are the instants of the meetings. */
export const leaderboard = (seats: readonly SeatRecord[], weekMs: readonly number[], seed: string): readonly LeaderboardRow[] =>
  seats.map((each) => rowOf(each, weekMs, seed)).sort((a, b) => b.netPct - a.netPct || (a.account < b.account ? -1 : 1));

/** The instants at which a council met, from the journal of its own account. */
export const meetingsIn = (entries: Iterable<Entry>): readonly number[] =>
  [...entries].flatMap(({ at, fact }) => (fact.kind === "pack_frozen" ? [at.epochMilliseconds] : []));

function rowOf({ name, curve, state, startCash }: SeatRecord, weekMs: readonly number[], seed: string): LeaderboardRow {
  const start = approximately(startCash);
  const at = (ms: number): number => {
    let found = start;
    for (let step = 0; step < curve.length && (curve.atMs[step] ?? Infinity) <= ms; step++) found = curve.equity[step] ?? found;
    return found;
  };
  const marks = [...weekMs.map(at), curve.equity[curve.length - 1] ?? start];
  const weeks = weekMs.length === 0 ? [] : marks.slice(1).map((mark, week) => (mark / (marks[week] ?? mark) - 1) * 10_000);
  const shown: Partial<Record<TradeStatus, number>> = {};
  for (const { status } of state.decisions.council.trades) shown[status] = (shown[status] ?? 0) + 1;
  const { trades } = tradeFigures(state.trades);
  return {
    account: name,
    netPct: rounded(((marks.at(-1) ?? start) / start - 1) * 100),
    weekBps: bootstrapMean(weeks, `${seed}/${name}`),
    weeks: weeks.length,
    trades,
    winRate: wilson(state.trades.filter(({ net }) => net > 0n).length, trades),
    maxDrawdownPct: rounded(maxDrawdown(Float64Array.from(curve.equity), curve.length) * 100),
    modelCost: approximately(state.ledger.totals().modelCosts).toFixed(2),
    shown,
  };
}

const rounded = (value: number): number => Math.round(value * 10_000) / 10_000 + 0;
