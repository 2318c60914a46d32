import type { Registry } from "prom-client";
import { setWatch } from "../adapters/prometheus/watch-metrics.ts";
import type { Loaded } from "../config/config.ts";
import type { CryptoSettings } from "../desks/crypto-settings.ts";
import { AiUse, type AiUseReport } from "../flow/reports/ai-use.ts";
import { ArbitrationCount } from "../flow/reports/arbitration-report.ts";
import type { Entry } from "../journal/entry.ts";
import { MemoryJournal } from "../journal/memory-store.ts";
import type { BacktestRun } from "../lab/backtest.ts";
import type { Command } from "../lab/command.ts";
import { instantOfMs } from "../words/instant.ts";
import { endMsOf, storedHistory, syntheticHistory, type Window } from "./backtest-history.ts";
import { CryptoForecasts, type ForecastsReport } from "./crypto-forecasts.ts";
import { cryptoPlan } from "./crypto-plan.ts";
import { runModels } from "./run-models.ts";
import { runPlan } from "./run-plan.ts";
import { arbitrationText } from "./text/arbitration-text.ts";
import { backtestText } from "./text/backtest-text.ts";
import { checkInTime, plannedBy } from "./check-in-time.ts";

type Asked = {
  readonly loaded: Loaded;
  readonly data: string;
  /** Days of a made-up market, instead of the store. */
  readonly synthetic?: number;
  readonly window: Window;
  readonly commands: readonly Command[];
  readonly json?: string;
  readonly journal?: string;
  readonly metrics?: string;
  readonly record?: string;
  readonly recorded?: string;
};

/** A backtest of the crypto desk whose flags were looked at comes in; its page, its JSON and its journal go out. */
export async function runCrypto({ loaded, data, synthetic, window, commands, ...asked }: Asked): Promise<void> {
  const histories =
    synthetic === undefined ? await storedHistory(data, loaded, window, "crypto") : syntheticHistory(synthetic, loaded, "crypto");
  checkInTime(plannedBy(commands), endMsOf(histories));
  const plan = cryptoPlan(loaded, histories, new MemoryJournal());
  const { trader, arbiter, proposers } = plan.settings;
  const models = runModels({ loaded, ...asked }, [
    ...(proposers === "rules" ? [] : [{ role: "trader" as const, model: trader.model }]),
    ...(proposers !== "both" || arbiter === undefined ? [] : [{ role: "arbiter" as const, model: arbiter.model }]),
  ]);
  const count = new ArbitrationCount();
  const use = new AiUse();
  const forecasts = new CryptoForecasts();
  const span = { fromMs: Number.NaN, toMs: Number.NaN };
  const onEntry = (entry: Entry): void => {
    counted(count, use, entry);
    forecasts.see(entry.fact);
    if (entry.fact.kind === "opened") span.fromMs = entry.at.epochMilliseconds;
    span.toMs = entry.at.epochMilliseconds;
  };
  const used = ({ state }: Ran): AiUseReport => use.report({ days: (span.toMs - span.fromMs) / dayMs, trades: state.trades.length });
  const { watch, calibration } = plan.settings;
  const scores = ({ state }: Ran): ForecastsReport => forecasts.report(state, trader.model, calibration.calibrateFrom);
  const measured = (run: Ran, registry: Registry): void => {
    if (proposers === "rules") return;
    const { state } = run;
    setWatch(registry, {
      figures: state.decisions.ai.figures(instantOfMs(span.toMs), watch.errorWindowMs, watch.answersMin, watch.baselineDailyBps),
      rule: watch,
      localOnly: state.latches.some(({ name }) => name === "local_only"),
      resolutions: count.report().byResolution,
      costPerDayUsd: used(run).costPerDay,
      costPerTradeUsd: used(run).costPerTrade,
    });
  };
  try {
    await runPlan({ ...plan, commands, onEntry }, models, {
      ...asked,
      measured,
      result: (run, report) => ({ ...report, arbitration: { ...count.report(), models: used(run) }, forecasts: scores(run) }),
      page: (run, report) =>
        `${backtestText(report, `Backtest of the crypto desk, ${who[proposers]}`)}\n${arbitrationText(count.report(), scores(run))}`,
    });
  } finally {
    await models.close();
  }
}

const who = { both: "rules and AI trader with the table between them", rules: "rules alone", ai: "AI trader alone" } as const;

type Ran = Pick<BacktestRun<CryptoSettings>, "state">;
const dayMs = 86_400_000;

function counted(count: ArbitrationCount, use: AiUse, { fact }: Entry): void {
  if (fact.kind === "model_answered") use.answered(fact.role, fact.answer);
  else if (fact.kind === "arbitrated") count.arbitrated(fact);
  else if (fact.kind === "alerted") count.alerted(fact);
  else if (fact.kind === "latched" && fact.latch.name === "local_only") count.rolledBack(fact.latch.reason);
}
