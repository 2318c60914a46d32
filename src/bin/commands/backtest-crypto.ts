import { Command as CliCommand, Option } from "commander";
import type { Command } from "../../lab/command.ts";
import { intervals, type Interval } from "../../words/interval.ts";
import { checkOutputs, keepsAnswers, overMarket, setsKeys, windowOf, writesResult } from "../backtest-flags.ts";
import { Failed } from "../failed.ts";
import { oneOf } from "../one-of.ts";
import { repeated } from "../repeated.ts";
import { checkStoreThere, insteadOf } from "../store-folder.ts";
import { instantMs } from "../window.ts";

type Flags = {
  readonly data: string;
  readonly synthetic?: number;
  readonly config?: string;
  readonly assets?: string;
  readonly interval?: Interval;
  readonly from?: string;
  readonly to?: string;
  readonly proposers?: string;
  readonly model?: string;
  readonly arbiter?: string;
  readonly seed?: string;
  readonly set?: readonly string[];
  readonly clear?: readonly string[];
  readonly json?: string;
  readonly journal?: string;
  readonly metrics?: string;
  readonly record?: string;
  readonly recorded?: string;
};

/** `countersign backtest crypto`: rules and an AI trader over history, with the table between them. */
export function backtestCryptoCommand(): CliCommand {
  const command = overMarket(
    new CliCommand("crypto").description(
      "run the crypto desk over history: rules and an AI trader propose, a table decides, the rails are on",
    ),
  )
    .option("--assets <symbols>", "symbols with commas between, for example BTCUSDT,ETHUSDT (default: all in the store, at most 10)")
    .addOption(oneOf(new Option("--interval <interval>", "bar interval that the desk decides on"), intervals))
    .addOption(oneOf(new Option("--proposers <who>", "rules, AI trader or both"), ["both", "rules", "ai"]))
    .option("--model <name>", "AI trader, as provider/model; house/crypto-1 needs no key")
    .option("--arbiter <name>", "model that chooses where the table does not; house/arbiter-1 needs no key")
    .option("--clear <time=local_only>", "hear the AI trader again at that time, as a person would say; may be repeated", repeated);
  return writesResult(setsKeys(keepsAnswers(command)))
    .option("--journal <file>", "write the journal, which must not exist yet")
    .addHelpText(
      "after",
      "\nExamples:\n  countersign backtest crypto --synthetic 20 --arbiter house/arbiter-1\n  countersign backtest crypto --interval 1h --from 2025-03-10 --to 2025-04-01 --proposers rules --json rules.json\n",
    )
    .action(backtest);
}

/** Everything that was asked is looked at before anything runs or is written. */
async function backtest(flags: Flags): Promise<void> {
  checkOutputs(flags);
  const window = windowOf(flags);
  const commands = (flags.clear ?? []).map(clearOf).sort((a, b) => a.fromMs - b.fromMs);
  if (flags.synthetic === undefined) checkStoreThere(flags.data, "--data", insteadOf(flags.data));
  // Loaded when there is something to run: a slip in a flag is answered without waiting for desk, venue and laboratory.
  const { loadSettings } = await import("../load-settings.ts");
  const loaded = loadSettings(flags.config, settingsOf(flags), shortNames);
  const { runCrypto } = await import("../run-crypto.ts");
  await runCrypto({ ...flags, loaded, window, commands });
}

/** Flags are configuration keys under shorter names. */
const shortNames = {
  "crypto.assets": "--assets",
  "crypto.interval": "--interval",
  "crypto.proposers": "--proposers",
  "crypto.model": "--model",
  "crypto.arbiterModel": "--arbiter",
  seed: "--seed",
};

function settingsOf({ set = [], assets, interval, proposers, model, arbiter, seed }: Flags): string[] {
  const given = {
    "crypto.assets": assets,
    "crypto.interval": interval,
    "crypto.proposers": proposers,
    "crypto.model": model,
    "crypto.arbiterModel": arbiter,
    seed,
  };
  return [...Object.entries(given).flatMap(([key, value]) => (value === undefined ? [] : [`${key}=${value}`])), ...set];
}

function clearOf(text: string): Command {
  const [time = "", latch, ...rest] = text.split("=");
  if (latch !== "local_only" || rest.length > 0)
    throw new Failed(2, `--clear ${text}: write TIME=local_only, for example 2025-03-20=local_only`);
  return { fromMs: instantMs(time, "--clear"), clear: latch };
}
