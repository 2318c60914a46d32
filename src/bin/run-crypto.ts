import type { Loaded } from "../config/config.ts";
import { ArbitrationCount } from "../flow/reports/arbitration-report.ts";
import type { Entry } from "../journal/entry.ts";
import { MemoryJournal } from "../journal/memory-store.ts";
import type { Command } from "../lab/command.ts";
import { endMsOf, storedHistory, syntheticHistory, type Window } from "./backtest-history.ts";
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
  try {
    await runPlan({ ...plan, commands, onEntry: (entry) => counted(count, entry) }, models, {
      ...asked,
      result: (_, report) => ({ ...report, arbitration: count.report() }),
      page: (_, report) => `${backtestText(report, `Backtest of the crypto desk, ${who[proposers]}`)}\n${arbitrationText(count.report())}`,
    });
  } finally {
    await models.close();
  }
}

const who = { both: "rules and AI trader with the table between them", rules: "rules alone", ai: "AI trader alone" } as const;

function counted(count: ArbitrationCount, { fact }: Entry): void {
  if (fact.kind === "arbitrated") count.arbitrated(fact);
  else if (fact.kind === "alerted") count.alerted(fact);
  else if (fact.kind === "latched" && fact.latch.name === "local_only") count.rolledBack(fact.latch.reason);
}
