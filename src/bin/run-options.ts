import type { Loaded } from "../config/config.ts";
import type { SlackMessage } from "../flow/reports/options-blocks.ts";
import type { Entry } from "../journal/entry.ts";
import { MemoryJournal } from "../journal/memory-store.ts";
import { OptionsSessions } from "../journal/options-sessions.ts";
import type { AnswerCommand, Command } from "../lab/command.ts";
import { endMsOf, type Window } from "./backtest-history.ts";
import { optionsHistory } from "./options-history.ts";
import { optionsPlan } from "./options-plan.ts";
import { runModels } from "./run-models.ts";
import { runPlan } from "./run-plan.ts";
import { backtestText } from "./text/backtest-text.ts";
import { optionsText } from "./text/options-text.ts";
import { checkAnswers } from "./check-answers.ts";
import { checkInTime, plannedBy } from "./check-in-time.ts";

type Asked = {
  readonly loaded: Loaded;
  readonly data: string;
  /** Sessions of a made-up market, instead of the store. */
  readonly synthetic?: number;
  readonly window: Window;
  readonly commands: readonly (Command | AnswerCommand)[];
  readonly json?: string;
  readonly journal?: string;
  readonly metrics?: string;
  readonly record?: string;
  readonly recorded?: string;
};

/** A backtest of the options desk whose flags were looked at comes in; its page, its JSON and its journal go out. */
export async function runOptions({ loaded, data, synthetic, window, commands, ...asked }: Asked): Promise<void> {
  const histories = await optionsHistory(loaded, data, synthetic, window);
  checkInTime(plannedBy(commands), endMsOf(histories));
  const plan = optionsPlan(loaded, histories, new MemoryJournal());
  const { model, questionsPerScanMax, watchlist } = plan.settings;
  checkAnswers(
    commands,
    histories.map(({ instrument }) => instrument),
    watchlist,
  );
  const models = runModels({ loaded, ...asked }, [{ role: "trader" as const, model }]);
  const messages: SlackMessage[] = [];
  const sessions = new OptionsSessions(questionsPerScanMax, (message) => void messages.push(message));
  try {
    await runPlan({ ...plan, commands, onEntry: (entry: Entry) => sessions.see(entry) }, models, {
      ...asked,
      result: (_, report) => ({ ...report, sessions: sessions.summaries, messages }),
      page: (_, report) => {
        const shares = histories.filter(({ instrument }) => instrument.kind !== "option").map(({ instrument }) => instrument.id);
        const shown = [...shares, `${histories.length - shares.length} contracts`];
        const title = `Backtest of the options desk, ${loaded.config.options.llm.decisions} by ${model}`;
        const told = { ...report, data: { ...report.data, assets: shown } };
        // Whoever has minutes of a share has no chain of it: that is modelled over them.
        const text = synthetic === undefined ? backtestText(told, title, " on real minutes, modelled chains") : backtestText(told, title);
        return `${text}\n${optionsText(sessions.summaries)}`;
      },
    });
  } finally {
    await models.close();
  }
}
