import type { Loaded } from "../config/config.ts";
import { calibrationReport } from "../flow/calibration/calibration-report.ts";
import { EdgeCount } from "../flow/reports/edge-report.ts";
import type { AccountState } from "../journal/account-state.ts";
import type { Entry } from "../journal/entry.ts";
import { MemoryJournal } from "../journal/memory-store.ts";
import { notional } from "../words/money.ts";
import { quantity } from "../words/quantity.ts";
import type { Window } from "./backtest-history.ts";
import { storedShares, syntheticShares } from "./equities-history.ts";
import { equitiesPlan } from "./equities-plan.ts";
import { runModels } from "./run-models.ts";
import { runPlan } from "./run-plan.ts";
import { backtestText } from "./text/backtest-text.ts";
import { equitiesText } from "./text/equities-text.ts";

type Asked = {
  readonly loaded: Loaded;
  readonly data: string;
  /** Sessions of a made-up market, instead of the store. */
  readonly synthetic?: number;
  readonly window: Window;
  readonly json?: string;
  readonly journal?: string;
  readonly metrics?: string;
  readonly record?: string;
  readonly recorded?: string;
};

/** A backtest of the equities desk whose flags were looked at comes in; its page, its JSON and its journal go out. */
export async function runEquities({ loaded, data, synthetic, window, ...asked }: Asked): Promise<void> {
  const { histories, leftOut } = synthetic === undefined ? await storedShares(data, loaded, window) : syntheticShares(synthetic, loaded);
  const plan = equitiesPlan(loaded, histories, new MemoryJournal());
  const models = runModels({ loaded, ...asked }, [{ role: "trader", model: plan.settings.model }]);
  const edge = new EdgeCount();
  const scores = (state: AccountState) => calibrationReport(state.forecasts.scoredBy(plan.settings.model), plan.settings.calibrateFrom);
  try {
    await runPlan({ ...plan, onEntry: (entry) => counted(edge, entry) }, models, {
      ...asked,
      result: ({ state }, report) => ({ ...report, edge: edge.report(state.trades), forecasts: scores(state) ?? null, leftOut }),
      page: ({ state }, report) =>
        `${backtestText(report, `Backtest of the equities desk, ${plan.settings.model}`)}\n${equitiesText(edge.report(state.trades), scores(state), leftOut)}`,
    });
  } finally {
    await models.close();
  }
}

const one = quantity("1");

function counted(edge: EdgeCount, { fact, correlation }: Entry): void {
  if (correlation === undefined) return;
  if (fact.kind === "edge_weighed") edge.weighed(correlation, fact.instrument, fact.edge.evBps);
  else if (fact.kind === "stood_down" && fact.why === "already_held") edge.held(correlation, fact.instrument);
  else if (fact.kind === "order_planned" && fact.order.purpose === "entry") edge.ordered(correlation, fact.order.instrument, fact.order.id);
  else if (fact.kind === "filled" && fact.fill.order !== undefined)
    edge.filled(fact.fill.order, notional(fact.fill.price, fact.fill.quantity, one, "half_even"));
}
