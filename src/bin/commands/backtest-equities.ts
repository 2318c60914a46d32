import { Command } from "commander";
import { checkOutputs, keepsAnswers, overMarket, setsKeys, windowOf, writesResult } from "../backtest-flags.ts";
import { checkStoreThere } from "../store-folder.ts";

type Flags = {
  readonly data: string;
  readonly synthetic?: number;
  readonly config?: string;
  readonly assets?: string;
  readonly from?: string;
  readonly to?: string;
  readonly model?: string;
  readonly aggressiveness?: string;
  readonly record?: string;
  readonly recorded?: string;
  readonly seed?: string;
  readonly set?: readonly string[];
  readonly json?: string;
  readonly journal?: string;
  readonly metrics?: string;
};

/** `countersign backtest equities`: the equities desk over daily bars of shares and funds. */
export function backtestEquitiesCommand(): Command {
  const command = overMarket(
    new Command("equities").description(
      "the equities desk: one decisive question a session, expected value after costs, calibrated probabilities",
    ),
    { desk: "equities", madeUp: "on made-up shares over so many sessions" },
  )
    .option(
      "--assets <symbols>",
      "symbols with commas between, for example AAPL,XOM (default: all with daily bars in the store, 60 at most)",
    )
    .option("--model <name>", "ask this model, as provider/model; its key comes from the environment")
    .option("--aggressiveness <dial>", "0 to 3: moves all thresholds together");
  return writesResult(setsKeys(keepsAnswers(command)))
    .option("--journal <file>", "write the journal, which must not exist yet")
    .addHelpText(
      "after",
      "\nExamples:\n  countersign backtest equities --synthetic 400\n  countersign data import --market equity --interval 1d --round-decimals 2 AAPL.csv.gz\n  countersign backtest equities --assets AAPL,XOM,JNJ --aggressiveness 2 --json result.json\n",
    )
    .action(backtest);
}

const shortNames = {
  "equities.assets": "--assets",
  "equities.model": "--model",
  "equities.aggressiveness": "--aggressiveness",
  seed: "--seed",
};

/** Everything that was asked is looked at before anything runs or is written. */
async function backtest(flags: Flags): Promise<void> {
  checkOutputs(flags);
  const window = windowOf(flags);
  if (flags.synthetic === undefined) checkStoreThere(flags.data, "--data", "run on made-up shares instead with --synthetic 400");
  const { loadSettings } = await import("../load-settings.ts");
  const { set = [], assets, model, aggressiveness, seed } = flags;
  const given = { "equities.assets": assets, "equities.model": model, "equities.aggressiveness": aggressiveness, seed };
  const pairs = Object.entries(given).flatMap(([key, value]) => (value === undefined ? [] : [`${key}=${value}`]));
  const loaded = loadSettings(flags.config, [...pairs, ...set], shortNames);
  const { runEquities } = await import("../run-equities.ts");
  await runEquities({ ...flags, loaded, window });
}
