import { basename, extname } from "node:path";
import { Argument, Command as CliCommand, Option } from "commander";
import { intervals, type Interval } from "../../words/interval.ts";
import { clearOf, killOf, switchOf } from "../asked-commands.ts";
import { checkOutputs, keepsAnswers, overMarket, setsKeys, windowOf, writesResult } from "../backtest-flags.ts";
import { strategyName } from "../../config/sections/strategies.ts";
import { Failed } from "../failed.ts";
import { oneOf } from "../one-of.ts";
import { haltOf } from "../asked-halts.ts";
import { backtestAccountsCommand } from "./backtest-accounts.ts";
import { backtestOptionsCommand } from "./backtest-options.ts";
import { backtestCouncilCommand } from "./backtest-council.ts";
import { backtestOwnCommand } from "./backtest-own.ts";
import { backtestEquitiesCommand } from "./backtest-equities.ts";
import { repeated } from "../repeated.ts";
import { checkStoreThere, insteadOf } from "../store-folder.ts";
import { accountPairs, accountsCount } from "../asked-accounts.ts";
import { newsIn } from "../news-in.ts";
import { backtestCryptoCommand } from "./backtest-crypto.ts";

type BacktestFlags = {
  readonly data: string;
  readonly synthetic?: number;
  readonly config?: string;
  readonly assets?: string;
  readonly interval?: Interval;
  readonly from?: string;
  readonly to?: string;
  readonly strategy?: string;
  readonly strategyFile?: string;
  readonly proposer?: string;
  readonly seed?: string;
  readonly set?: readonly string[];
  readonly switch?: readonly string[];
  readonly kill?: readonly string[];
  readonly clear?: readonly string[];
  readonly halt?: readonly string[];
  readonly json?: string;
  readonly journal?: string;
  readonly metrics?: string;
  readonly model?: string;
  readonly record?: string;
  readonly recorded?: string;
  readonly news?: string;
  readonly accounts?: number | "config";
  readonly approve?: string;
};

/** All but the first are commands of their own, found before this list is looked at; it is what a slip is held against. */
const desks = ["perps", "crypto", "options", "equities", "council", "own", "accounts"];

/** `countersign backtest DESK`: a desk over history, with costs, the rails on, and a journal of everything. */
export function backtestCommand(): CliCommand {
  const command = overMarket(
    new CliCommand("backtest")
      .description("run a desk over history: costs, funding, partial fills, rails and journal as in live trading")
      .addArgument(oneOf(new Argument("<desk>", "the desk to run"), desks)),
  );
  return (
    writesResult(setsKeys(keepsAnswers(command)))
      .option(
        "--assets <symbols>",
        "symbols with commas between, for example BTCUSDT,ETHUSDT (default: all in the store, at most 10); with --accounts, for perps and crypto accounts",
      )
      .addOption(oneOf(new Option("--interval <interval>", "bar interval that the desk decides on"), intervals))
      .option("--strategy <name>", "conservative, aggressive, scalping, swing, dca, or one from the configuration")
      .addOption(new Option("--strategy-file <file>", "run rules of your own: a file such as examples/sma-cross.ts").conflicts("strategy"))
      .addOption(
        oneOf(
          new Option(
            "--proposer <who>",
            "rules of the strategy, the house model through the whole model path, or the model that perps.model names",
          ),
          ["rules", "house", "model"],
        ),
      )
      .option("--model <name>", "ask this model, as provider/model; its key comes from the environment")
      .option("--news <file>", "news as JSON Lines with source, at, body and perhaps title and symbols; shown to models from their time on")
      .option("--switch <time=strategy>", "change the strategy at that time, may be repeated", repeated)
      .option("--kill <time=level>", "throw the kill switch at that time: K1, K2, K3 or K4, or none to resume; may be repeated", repeated)
      .option(
        "--clear <time=latch>",
        "clear a latch at that time, as a person would: repeated_execution, drawdown ...; may be repeated",
        repeated,
      )
      .option("--halt <symbol=from/to>", "nothing of the symbol trades from then to then; may be repeated", repeated)
      .addOption(
        new Option(
          "--accounts <count>",
          "so many accounts side by side, each by itself; config for those below accounts in the configuration",
        )
          .argParser(accountsCount)
          .conflicts(["switch", "kill", "clear", "halt", "record", "recorded", "metrics"]),
      )
      .option(
        "--approve <who>",
        "with --accounts, what the person of a council says: all (default), none, or a file as of backtest council",
      )
      .option("--journal <file>", "write the journal, which must not exist yet")
      .addHelpText(
        "after",
        "\nExamples:\n  countersign backtest perps --synthetic 20 --strategy conservative\n  countersign backtest perps --assets BTCUSDT,ETHUSDT,ADAUSDT --interval 1h --strategy swing \\\n    --from 2025-03-10 --to 2025-04-01 --journal run.journal --json result.json\n",
      )
      .enablePositionalOptions()
      .addCommand(backtestCryptoCommand())
      .addCommand(backtestOptionsCommand())
      .action(backtest)
      // What stands after the name of a desk below is that desk's, also where both know a flag.
      .enablePositionalOptions()
      .addCommand(backtestCouncilCommand())
      .addCommand(backtestEquitiesCommand())
      .addCommand(backtestOwnCommand())
      .addCommand(backtestAccountsCommand())
  );
}

/** Everything that was asked is looked at before anything runs or is written. */
async function backtest(_desk: string, flags: BacktestFlags): Promise<void> {
  checkOutputs(flags);
  const window = windowOf(flags);
  const switches = (flags.switch ?? []).map(switchOf);
  const commands = [...(flags.kill ?? []).map(killOf), ...(flags.clear ?? []).map(clearOf)].sort((a, b) => a.fromMs - b.fromMs);
  if (flags.synthetic === undefined) checkStoreThere(flags.data, "--data", insteadOf(flags.data));
  // Loaded when there is something to run: a slip in a flag is answered without waiting for desk, venue and laboratory.
  const { loadWithFiles } = await import("../load-with-files.ts");
  if (flags.approve !== undefined && flags.accounts === undefined)
    throw new Failed(2, `--approve ${flags.approve}: it speaks for the person of a council among --accounts, which is not asked for`);
  const halts = (flags.halt ?? []).map(haltOf);
  const { loaded, files } = await loadWithFiles(flags.config, settingsOf(flags), shortNames);
  const { runPerps } = await import("../run-perps.ts");
  const { news: newsFile, accounts, ...others } = flags;
  const news = newsFile === undefined ? {} : { news: newsIn(newsFile) };
  if (accounts !== undefined) {
    const { runAccountsOf } = await import("../run-accounts.ts");
    return await runAccountsOf({ ...others, ...news, loaded, window, files });
  }
  await runPerps({ ...others, ...news, loaded, window, switches, commands, halts, files });
}

/** Flags are configuration keys under shorter names. */
const shortNames = {
  "perps.assets": "--assets",
  "perps.interval": "--interval",
  "crypto.assets": "--assets",
  "crypto.interval": "--interval",
  "perps.strategy": "--strategy",
  "perps.proposer": "--proposer",
  "perps.model": "--model",
  seed: "--seed",
};

function settingsOf({ set = [], assets, interval, strategy, strategyFile, model, seed, accounts, ...flags }: BacktestFlags): string[] {
  // Whoever names a model wants it asked.
  const proposer = flags.proposer ?? (model === undefined ? undefined : "model");
  const given = {
    "perps.assets": assets,
    "perps.interval": interval,
    // Accounts of coins stand on either desk, and what they are narrowed to holds for all of these.
    "crypto.assets": accounts === undefined ? undefined : assets,
    "crypto.interval": accounts === undefined ? undefined : interval,
    "perps.strategy": strategy,
    "perps.proposer": proposer,
    "perps.model": model,
    seed,
  };
  const named = strategyFile === undefined ? [] : ofFile(strategyFile);
  const pairs = Object.entries(given).flatMap(([key, value]) => (value === undefined ? [] : [`${key}=${value}`]));
  return [...pairs, ...named, ...accountPairs(accounts), ...set];
}

/** A file of rules goes by its own name: `my-rules.ts` is the strategy my-rules. */
function ofFile(file: string): string[] {
  const name = basename(file, extname(file));
  if (!strategyName.test(name))
    throw new Failed(2, `--strategy-file ${file}: its name is the strategy's: small letters, digits and -, such as my-rules.ts`);
  return [`strategies.${name}.file=${file}`, `perps.strategy=${name}`];
}
