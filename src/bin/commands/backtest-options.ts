import { Command as CliCommand, Option } from "commander";
import type { PersonsAnswer } from "../../flow/resolution/scan-plan.ts";
import type { AnswerCommand, Command } from "../../lab/command.ts";
import { checkOutputs, windowOf } from "../backtest-flags.ts";
import { Failed } from "../failed.ts";
import { oneOf } from "../one-of.ts";
import { repeated } from "../repeated.ts";
import { checkStoreThere, insteadOf } from "../store-folder.ts";
import { instantMs } from "../window.ts";

type Flags = {
  readonly data: string;
  readonly synthetic?: number;
  readonly config?: string;
  readonly watchlist?: string;
  readonly interval?: string;
  readonly from?: string;
  readonly to?: string;
  readonly llmDecisions?: string;
  readonly llmMinConfidence?: string;
  readonly llmExitBias?: string;
  readonly llmRateLimitS?: string;
  readonly model?: string;
  readonly seed?: string;
  readonly set?: readonly string[];
  readonly answer?: readonly string[];
  readonly kill?: readonly string[];
  readonly json?: string;
  readonly journal?: string;
  readonly record?: string;
  readonly recorded?: string;
};

/** `countersign backtest options`: hard rails, gates and a person's queue over a market of chains. */
export function backtestOptionsCommand(): CliCommand {
  return new CliCommand("options")
    .description("run the options desk: hard rails first, a dual gate on each answer, the rest to a person")
    .option(
      "--data <dir>",
      "store of imported history: minute bars of shares or funds, with a modelled chain over them",
      ".countersign/store",
    )
    .addOption(
      new Option("--synthetic <sessions>", "run on a made-up market of so many sessions instead of the store")
        .argParser(sessions)
        .conflicts(["data", "from", "to"]),
    )
    .option("--config <file>", "configuration (default: countersign.yaml, if there is one)")
    .option("--watchlist <symbols>", "underlyings with commas between (default: all that the market has)")
    .addOption(oneOf(new Option("--interval <interval>", "how often the desk scans"), ["1m", "3m", "5m", "15m"]))
    .option("--from <time>", "first bar, a UTC date or an instant")
    .option("--to <time>", "end, not included")
    .addOption(oneOf(new Option("--llm-decisions <which>", "what a model may automate"), ["exit", "entry,exit"]))
    .option("--llm-min-confidence <share>", "gate 2, from 0 to 1")
    .addOption(oneOf(new Option("--llm-exit-bias <bias>", "gate 1 of exits"), ["conservative", "balanced", "aggressive"]))
    .option("--llm-rate-limit-s <seconds>", "least time between two questions about one symbol")
    .option("--model <name>", "model that is asked, as provider/model; house/options-1 needs no key")
    .option("--record <dir>", "keep every answer of a model in this folder")
    .addOption(new Option("--recorded <dir>", "take the answers from this folder and ask nobody").conflicts("record"))
    .option("--seed <text>", "what simulated chance starts from")
    .option("--set <key=value>", "any configuration key, may be repeated", repeated)
    .option(
      "--answer <time=symbol:action>",
      "answer as a person at that time: sell or hold for a contract, approve or deny for an underlying; may be repeated",
      repeated,
    )
    .option("--kill <time=level>", "throw the kill switch at that time: K1, K2, K3 or K4, or none to resume; may be repeated", repeated)
    .option("--json <file>", "write the result as JSON; - for the standard output")
    .option("--journal <file>", "write the journal, which must not exist yet")
    .addHelpText(
      "after",
      "\nExamples:\n  countersign backtest options --synthetic 5 --llm-decisions entry,exit\n  countersign backtest options --synthetic 5 --answer 2026-06-01T15:30:00Z=SYNB:approve --journal run.journal\n",
    )
    .action(backtest);
}

function sessions(text: string): number {
  const value = Number.parseInt(text, 10);
  if (!/^\d+$/.test(text) || value < 1 || value > 40) throw new Failed(2, `--synthetic ${text}: a whole number of sessions from 1 to 40`);
  return value;
}

/** Everything that was asked is looked at before anything runs or is written. */
async function backtest(flags: Flags): Promise<void> {
  checkOutputs(flags);
  const window = windowOf(flags);
  const commands = [...(flags.answer ?? []).map(answerOf), ...(flags.kill ?? []).map(killOf)].sort((a, b) => a.fromMs - b.fromMs);
  if (flags.synthetic === undefined) checkStoreThere(flags.data, "--data", insteadOf(flags.data));
  // Loaded when there is something to run: a slip in a flag is answered without waiting for desk, venue and laboratory.
  const { loadSettings } = await import("../load-settings.ts");
  const loaded = loadSettings(flags.config, settingsOf(flags), shortNames);
  const { runOptions } = await import("../run-options.ts");
  await runOptions({ ...flags, loaded, window, commands });
}

/** Flags are configuration keys under shorter names. */
const shortNames = {
  "options.watchlist": "--watchlist",
  "options.interval": "--interval",
  "options.llm.decisions": "--llm-decisions",
  "options.llm.confidenceMin": "--llm-min-confidence",
  "options.llm.exitBias": "--llm-exit-bias",
  "options.llm.rateLimitSeconds": "--llm-rate-limit-s",
  "options.llm.model": "--model",
  seed: "--seed",
};

function settingsOf(flags: Flags): string[] {
  const given = {
    "options.watchlist": flags.watchlist,
    "options.interval": flags.interval,
    "options.llm.decisions": flags.llmDecisions,
    "options.llm.confidenceMin": flags.llmMinConfidence,
    "options.llm.exitBias": flags.llmExitBias,
    "options.llm.rateLimitSeconds": flags.llmRateLimitS,
    "options.llm.model": flags.model,
    seed: flags.seed,
  };
  return [...Object.entries(given).flatMap(([key, value]) => (value === undefined ? [] : [`${key}=${value}`])), ...(flags.set ?? [])];
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

function killOf(text: string): Command {
  const [time = "", level, ...rest] = text.split("=");
  const known = (["none", "K1", "K2", "K3", "K4"] as const).find((each) => each === level);
  if (known === undefined || rest.length > 0)
    throw new Failed(2, `--kill ${text}: write TIME=LEVEL, for example 2026-06-01T15:30:00Z=K4; levels are K1 to K4, and none to resume`);
  return { fromMs: instantMs(time, "--kill"), level: known };
}
