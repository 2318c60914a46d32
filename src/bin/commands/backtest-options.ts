import { Command as CliCommand } from "commander";
import type { PersonsAnswer } from "../../flow/resolution/scan-plan.ts";
import type { AnswerCommand } from "../../lab/command.ts";
import { checkOutputs, keepsAnswers, windowOf, writesResult } from "../backtest-flags.ts";
import { Failed } from "../failed.ts";
import { repeated } from "../repeated.ts";
import { checkStoreThere, insteadOf } from "../store-folder.ts";
import { instantMs } from "../window.ts";
import { killOf, optionsPairs, optionsShortNames, withOptionsFlags, type OptionsFlags } from "./options-flags.ts";

type Flags = OptionsFlags & {
  readonly answer?: readonly string[];
  readonly json?: string;
  readonly journal?: string;
  readonly metrics?: string;
  readonly record?: string;
  readonly recorded?: string;
};

/** `countersign backtest options`: hard rails, gates and a person's queue over a market of chains. */
export function backtestOptionsCommand(): CliCommand {
  const command = new CliCommand("options").description(
    "run the options desk: hard rails first, a dual gate on each answer, the rest to a person",
  );
  return writesResult(keepsAnswers(withOptionsFlags(command)))
    .option(
      "--answer <time=symbol:action>",
      "answer as a person at that time: sell or hold for a contract, approve or deny for an underlying; may be repeated",
      repeated,
    )
    .option("--journal <file>", "write the journal, which must not exist yet")
    .addHelpText(
      "after",
      "\nExamples:\n  countersign backtest options --synthetic 5 --llm-decisions entry,exit\n  countersign backtest options --synthetic 5 --answer 2026-06-01T15:30:00Z=SYNB:approve --journal run.journal\n",
    )
    .action(backtest);
}

/** Everything that was asked is looked at before anything runs or is written. */
async function backtest(flags: Flags): Promise<void> {
  checkOutputs(flags);
  const window = windowOf(flags);
  const commands = [...(flags.answer ?? []).map(answerOf), ...(flags.kill ?? []).map(killOf)].sort((a, b) => a.fromMs - b.fromMs);
  if (flags.synthetic === undefined) checkStoreThere(flags.data, "--data", insteadOf(flags.data));
  // Loaded when there is something to run: a slip in a flag is answered without waiting for desk, venue and laboratory.
  const { loadSettings } = await import("../load-settings.ts");
  const loaded = loadSettings(flags.config, optionsPairs(flags), optionsShortNames);
  const { runOptions } = await import("../run-options.ts");
  await runOptions({ ...flags, loaded, window, commands });
}

export const personsAnswers = ["sell", "hold", "approve", "deny"] as const satisfies readonly PersonsAnswer[];

function answerOf(text: string): AnswerCommand {
  const [, time = "", symbol, word] = /^([^=]+)=([A-Z0-9._-]+):([a-z]+)$/.exec(text) ?? [];
  const answer = personsAnswers.find((each) => each === word);
  if (symbol === undefined || answer === undefined)
    throw new Failed(
      2,
      `--answer ${text}: write TIME=SYMBOL:ACTION, for example 2026-06-01T15:30:00Z=SYNB:approve; actions are ${personsAnswers.join(", ")}`,
    );
  return { fromMs: instantMs(time, "--answer"), symbol, answer };
}
