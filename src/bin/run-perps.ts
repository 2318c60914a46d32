import type { NewsItem } from "../flow/market/news.ts";
import type { PerpsSettings } from "../desks/perps.ts";
import type { Loaded } from "../config/config.ts";
import { MemoryJournal } from "../journal/memory-store.ts";
import type { Command } from "../lab/command.ts";
import { haltsOf, type AskedHalt } from "./asked-halts.ts";
import { endMsOf, storedHistory, syntheticHistory, type Window } from "./backtest-history.ts";
import { Failed } from "./failed.ts";
import { perpsPlan, type Switch } from "./perps-plan.ts";
import { runModels } from "./run-models.ts";
import { runPlan } from "./run-plan.ts";
import type { StrategyFiles } from "./strategy-files.ts";
import { backtestText } from "./text/backtest-text.ts";
import { checkInTime, plannedBy } from "./check-in-time.ts";

type Asked = {
  readonly loaded: Loaded;
  readonly data: string;
  /** Days of a made-up market, instead of the store. */
  readonly synthetic?: number;
  readonly window: Window;
  readonly switches: readonly Switch[];
  readonly commands: readonly Command[];
  readonly halts: readonly AskedHalt[];
  readonly files: StrategyFiles;
  readonly json?: string;
  readonly journal?: string;
  readonly metrics?: string;
  /** Folder to keep the models' answers in, or to take them from: then nothing is asked. */
  readonly record?: string;
  readonly recorded?: string;
  readonly news?: readonly NewsItem[];
};

/** A backtest whose flags were looked at comes in; its page, its JSON and its journal go out, each whole or not at all. */
export async function runPerps(asked: Asked): Promise<void> {
  const { loaded, data, synthetic, window, switches } = asked;
  const histories = synthetic === undefined ? await storedHistory(data, loaded, window) : syntheticHistory(synthetic, loaded);
  checkInTime(
    [
      ...switches.map(({ fromMs, strategy: what }) => ({ fromMs, flag: "switch", what })),
      ...asked.halts.map(({ fromMs, symbol: what }) => ({ fromMs, flag: "halt", what })),
      ...plannedBy(asked.commands),
    ],
    endMsOf(histories),
  );
  const halts = haltsOf(asked.halts, histories);
  const planned = perpsPlan(loaded, histories, new MemoryJournal(), switches, asked.files);
  if (!planned.ok) throw new Failed(2, planned.error);
  const plan = { ...planned.value, halts, ...(asked.news === undefined ? {} : { news: asked.news }) };
  const models = runModels(asked, plan.settings.proposer === "rules" ? [] : [{ role: "trader", model: plan.settings.model }]);
  try {
    await runPlan({ ...plan, commands: asked.commands }, models, {
      ...asked,
      result: (_, report) => report,
      page: ({ plan: { settings } }, report) => backtestText(report, `Backtest of the perps desk${whoOf(settings)}`),
    });
  } finally {
    await models.close();
  }
}

function whoOf({ strategy, proposer, model }: PerpsSettings): string {
  if (proposer === "rules") return `, strategy ${strategy.name}`;
  return `, ${proposer === "house" ? "the house model" : model} with the frames of ${strategy.name}`;
}
