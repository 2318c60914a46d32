import { equitiesPlan } from "../../src/bin/equities-plan.ts";
import { loadConfig } from "../../src/config/load-config.ts";
import type { EquitiesSettings } from "../../src/desks/equities.ts";
import type { AssetHistory } from "../../src/flow/market/bars.ts";
import type { ModelAnswer, Question } from "../../src/flow/proposals/question.ts";
import { MemoryJournal } from "../../src/journal/memory-store.ts";
import { runBacktest, type BacktestPlan, type BacktestRun } from "../../src/lab/backtest.ts";
import type { Fact, FactKind, FactOf } from "../../src/journal/fact.ts";
import { BarColumns } from "../../src/sim/market/columns.ts";
import { sessionsFrom } from "../../src/sim/market/session-walk.ts";
import { zeroMoney, type Money } from "../../src/words/money.ts";
import { anEquity } from "../flow/rails/a-scene.ts";
import { instrumentId } from "../../src/words/ids.ts";

/** In dollars. */
export type Day = readonly [open: number, high: number, low: number, close: number];
/** A day around 100 whose range is 2, and which meets neither a stop at 97 nor a target at 106. */
export const still: Day = [100, 101, 99, 100];
export const quietDays = (count: number): Day[] => Array.from({ length: count }, () => still);

export const dates = (count: number): readonly number[] =>
  sessionsFrom("2024-01-02", count).map(({ date }) => date.toZonedDateTime("UTC").epochMilliseconds);

/** A share's daily bars over sessions from 2024-01-02 on; `undefined` is a day without one. Ten million are traded a day unless said. */
export function share(symbol: string, days: readonly (Day | undefined)[], volume = 10_000_000): AssetHistory {
  const instrument = anEquity({
    id: instrumentId(symbol),
    symbol,
    currency: "USD",
    calendar: "xnys",
    maxQuantity: 1_000_000_000_000_000_000n as never,
  });
  const columns = new BarColumns(days.length);
  for (const [at, openMs] of dates(days.length).entries()) {
    const day = days[at];
    if (day === undefined) continue;
    const [open = 0, high = 0, low = 0, close = 0] = day.map((dollars) => Math.round(dollars * 100));
    columns.add({ openMs, open, high, low, close, volume });
  }
  return { instrument, bars: columns.bars(instrument, "1d") };
}

export const long = (of: object = {}): object => ({
  direction: "long",
  p_win: 0.6,
  entry: 100,
  stop: 97,
  target: 106,
  invalidation: "a close below 97",
  ev: 0.01,
  thesis: "planted",
  conviction: 0.8,
  ...of,
});
const pass = {
  direction: "pass",
  p_win: null,
  entry: null,
  stop: null,
  target: null,
  invalidation: "",
  ev: null,
  thesis: "",
  conviction: 0,
};

/** What the model says of each share on each of its turns, the first being 1; it passes on what is not there. */
export type Script = (symbol: string, turn: number) => object | undefined;

export const answered = (text: string, cost: Money = zeroMoney): ModelAnswer => ({
  outcome: "ok",
  text,
  latencyMs: 0,
  tokensIn: 1,
  tokensOut: 1,
  cost,
});
export const symbolsOf = ({ user }: Question): string[] =>
  user
    .split("\n")
    .slice(user.split("\n").findIndex((line) => line.startsWith("ASSETS ")) + 1)
    .flatMap((line) => (/^[A-Z0-9.-]+,0\.\d+,/.test(line) ? [line.split(",")[0]!] : []));

export type SharesPlay = {
  readonly histories: readonly AssetHistory[];
  readonly script?: Script;
  /** In place of the script. */
  readonly ask?: (question: Question, turn: number) => ModelAnswer;
  readonly cost?: Money;
  readonly set?: readonly string[];
  readonly more?: Partial<BacktestPlan<EquitiesSettings>>;
};

export function sharesPlan({
  histories,
  script = () => undefined,
  ask,
  cost,
  set = [],
  more = {},
}: SharesPlay): BacktestPlan<EquitiesSettings> {
  const loaded = loadConfig({
    set: ["equities.model=test/scripted", "venue.latencyMs=0", "equities.slippageBps=0", "equities.spreadBps=2", ...set],
  });
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.error));
  const plan = equitiesPlan(loaded.value, histories, new MemoryJournal());
  let turn = 0;
  const scripted = (question: Question): ModelAnswer => {
    const decisions = symbolsOf(question).map((symbol) => ({ symbol, ...pass, ...script(symbol, turn) }));
    return answered(JSON.stringify({ decisions }), cost);
  };
  return {
    ...plan,
    // Warm after three days: what is tested is what follows.
    settings: {
      ...plan.settings,
      strategy: { name: "decisive", frames: [{ times: 1, indicators: { atr14: { kind: "atr", period: 3 } } }] },
    },
    model: {
      ask: (question) => {
        turn++;
        return ask === undefined ? scripted(question) : ask(question, turn);
      },
    },
    ...more,
  };
}

export const playShares = (of: SharesPlay): BacktestRun<EquitiesSettings> => runBacktest(sharesPlan(of));

export const factsIn = (run: BacktestRun<EquitiesSettings>): { readonly at: Temporal.Instant; readonly fact: Fact }[] =>
  Array.from(run.plan.journal.entries() as Iterable<{ at: Temporal.Instant; fact: Fact }>);
export const ofKind = <Kind extends FactKind>(run: BacktestRun<EquitiesSettings>, kind: Kind): FactOf<Kind>[] =>
  factsIn(run).flatMap(({ fact }) => (fact.kind === kind ? [fact as FactOf<Kind>] : []));
