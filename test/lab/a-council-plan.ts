import { HouseModel } from "../../src/adapters/house-model/house-model.ts";
import { councilDividends } from "../../src/bin/council-history.ts";
import { councilPlan } from "../../src/bin/council-plan.ts";
import { paying } from "../../src/bin/dividends-of.ts";
import { loadConfig } from "../../src/config/load-config.ts";
import type { CouncilSettings } from "../../src/desks/council-settings.ts";
import type { ModelAnswer, Question } from "../../src/flow/proposals/question.ts";
import type { Entry } from "../../src/journal/entry.ts";
import type { FactKind, FactOf } from "../../src/journal/fact.ts";
import { MemoryJournal } from "../../src/journal/memory-store.ts";
import type { BacktestPlan } from "../../src/lab/backtest.ts";
import { always, type Person } from "../../src/lab/council/council-approver.ts";
import { runCouncil, type SeatRun } from "../../src/lab/council/council-run.ts";
import { etfMarket } from "../../src/sim/market/etf-market.ts";

type Wish = {
  readonly set?: readonly string[];
  readonly sessions?: number;
  /** Instead of the house's answer; undefined leaves it. */
  readonly answer?: (question: Question) => string | undefined;
  readonly person?: (account: string) => Person;
  readonly plan?: (plan: BacktestPlan<CouncilSettings>) => BacktestPlan<CouncilSettings>;
};

export function aCouncilPlan({ set = [], sessions = 6, answer, plan = (of) => of }: Wish = {}): BacktestPlan<CouncilSettings> {
  const loaded = loadConfig({ set });
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.error));
  const house = new HouseModel();
  const model = {
    ask(question: Question): ModelAnswer {
      const said = answer?.(question);
      const of = house.ask(question);
      return said === undefined || of.outcome !== "ok" ? of : { ...of, text: said };
    },
  };
  const { config } = loaded.value;
  const funds = paying(etfMarket(config.seed, sessions), councilDividends(config), "made up");
  return plan({ ...councilPlan(loaded.value, funds, new MemoryJournal()), model });
}

export const ranCouncil = (wish: Wish = {}): Promise<readonly SeatRun[]> =>
  runCouncil({ plan: aCouncilPlan(wish), personOf: wish.person ?? (() => always(true)), waits: false });

export const entriesOf = (runs: readonly SeatRun[], name: string): readonly Entry[] => [
  ...runs.find((each) => each.name === name)!.journal.entries(),
];

export const factsOfSeat = <Kind extends FactKind>(runs: readonly SeatRun[], name: string, kind: Kind): FactOf<Kind>[] =>
  entriesOf(runs, name).flatMap(({ fact }) => (fact.kind === kind ? [fact as FactOf<Kind>] : []));
