import { Command, Option } from "commander";
import type { Loaded } from "../../config/config.ts";
import type { ModelAnswer, Question } from "../../flow/proposals/question.ts";
import type { Asking } from "../../ports/model.ts";
import { formatExact } from "../../words/exact.ts";
import { accountId, correlationId, deskId } from "../../words/ids.ts";
import { answerReaders } from "../answer-readers.ts";
import { daysOf } from "../backtest-flags.ts";
import { Failed } from "../failed.ts";
import { oneOf } from "../one-of.ts";
import { repeated } from "../repeated.ts";
import { checkStoreThere, insteadOf } from "../store-folder.ts";

type AskFlags = {
  readonly desk: string;
  readonly role: string;
  readonly data: string;
  readonly synthetic?: string;
  readonly model?: string;
  readonly config?: string;
  readonly set?: readonly string[];
  readonly json?: true;
};

/** `countersign ask`: the question that a desk would put to a model now, and what the model says to it. Nothing is traded. */
export function askCommand(): Command {
  return new Command("ask")
    .description(
      "ask a model what a desk would ask it at the end of the data; shows question, answer, tokens, cost and latency, and trades nothing",
    )
    .addOption(oneOf(new Option("--desk <desk>", "whose question").default("perps"), ["perps"]))
    .addOption(oneOf(new Option("--role <role>", "who is asked").default("trader"), ["trader"]))
    .option("--model <name>", "provider/model, or house/perps-1 which needs no key (default: perps.model)")
    .option("--data <dir>", "store of imported history", ".countersign/store")
    .addOption(new Option("--synthetic <days>", "ask about a made-up market of so many days instead of the store").conflicts("data"))
    .option("--config <file>", "configuration (default: countersign.yaml, if there is one)")
    .option("--set <key=value>", "any configuration key, may be repeated", repeated)
    .option("--json", "as JSON, for programs")
    .addHelpText("after", "\nExample:\n  countersign ask --synthetic 5 --model openrouter/openai/gpt-5.2\n")
    .action(askNow);
}

async function askNow(flags: AskFlags): Promise<void> {
  const days = flags.synthetic === undefined ? undefined : daysOf(flags.synthetic);
  if (days === undefined) checkStoreThere(flags.data, "--data", insteadOf(flags.data));
  const { loadSettings } = await import("../load-settings.ts");
  const model = flags.model === undefined ? [] : [`perps.model=${flags.model}`];
  const loaded = loadSettings(flags.config, ["perps.proposer=model", ...model, ...(flags.set ?? [])], { "perps.model": "--model" });
  const question = await questionAtEnd(loaded, flags.data, days);
  const { runModels } = await import("../run-models.ts");
  const models = runModels({ loaded }, [{ role: question.role, model: question.model }]);
  const asking: Asking = {
    account: accountId(loaded.config.account.id),
    desk: deskId("perps"),
    correlation: correlationId("ask.1"),
  };
  try {
    const answer = await models.model.ask(question, asking);
    const { askText } = await import("../text/ask-text.ts");
    process.stdout.write(
      flags.json === true ? `${JSON.stringify(plainAnswer(question, answer), undefined, 2)}\n` : askText(question, answer),
    );
    if (answer.outcome !== "ok") process.exitCode = 1;
    else if (answerReaders[question.schema.name]?.(answer.text).ok === false) process.exitCode = 1;
  } finally {
    await models.close();
  }
}

/** The desk runs over all of the data by its rules; what it would have asked at the last bar is the question. */
async function questionAtEnd(loaded: Loaded, data: string, days: number | undefined): Promise<Question> {
  const [{ storedHistory, syntheticHistory }, { perpsPlan }, { runBacktest }, { HouseModel }, { MemoryJournal }] = await Promise.all([
    import("../backtest-history.ts"),
    import("../perps-plan.ts"),
    import("../../lab/backtest.ts"),
    import("../../adapters/house-model/house-model.ts"),
    import("../../journal/memory-store.ts"),
  ]);
  const histories = days === undefined ? await storedHistory(data, loaded, {}) : syntheticHistory(days, loaded);
  const planned = perpsPlan(loaded, histories, new MemoryJournal());
  if (!planned.ok) throw new Failed(2, planned.error);
  const house = new HouseModel();
  let newest: Question | undefined;
  runBacktest({
    ...planned.value,
    model: {
      ask(question) {
        newest = question;
        return house.ask(question);
      },
    },
  });
  if (newest === undefined) throw new Failed(1, "the desk would ask nothing: the data is too short for its indicators; give it more bars");
  return newest;
}

/** Money as a decimal text. */
const plainAnswer = (question: Question, answer: ModelAnswer): unknown => ({
  question,
  answer: JSON.parse(JSON.stringify(answer, (_key, value: unknown) => (typeof value === "bigint" ? formatExact(value) : value))) as unknown,
});
