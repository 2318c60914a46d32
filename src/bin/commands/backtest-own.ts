import { Command, Option } from "commander";
import { MemoryJournal } from "../../journal/memory-store.ts";
import { intervals, type Interval } from "../../words/interval.ts";
import { checkOutputs, overMarket, setsKeys, windowOf, writesResult } from "../backtest-flags.ts";
import { oneOf } from "../one-of.ts";
import { checkStoreThere, insteadOf } from "../store-folder.ts";

type Flags = {
  readonly deskFile: string;
  readonly data: string;
  readonly synthetic?: number;
  readonly config?: string;
  readonly assets?: string;
  readonly interval?: Interval;
  readonly from?: string;
  readonly to?: string;
  readonly seed?: string;
  readonly set?: readonly string[];
  readonly json?: string;
  readonly journal?: string;
  readonly metrics?: string;
};

/** `countersign backtest own --desk-file FILE`: a desk of the user's over history, with the house's rails, costs and journal around it. */
export function backtestOwnCommand(): Command {
  const command = overMarket(
    new Command("own").description("run a desk of your own over history: a file such as countersign desk new writes"),
  )
    .requiredOption("--desk-file <file>", "the desk: a file that exports desk and settings, such as examples/my-desk.ts")
    .option("--assets <symbols>", "symbols with commas between, for example BTCUSDT,ETHUSDT (default: all in the store, at most 10)")
    .addOption(oneOf(new Option("--interval <interval>", "bar interval that the desk decides on"), intervals));
  return writesResult(setsKeys(command))
    .option("--journal <file>", "write the journal, which must not exist yet")
    .addHelpText(
      "after",
      "\nExample:\n  countersign desk new dip-buyer\n  countersign backtest own --desk-file dip-buyer.ts --synthetic 20 --interval 1h\n",
    )
    .action(backtest);
}

async function backtest(flags: Flags): Promise<void> {
  checkOutputs(flags);
  const window = windowOf(flags);
  const { data, synthetic, deskFile: file, json, journal, metrics } = flags;
  if (synthetic === undefined) checkStoreThere(data, "--data", insteadOf(data));
  // Loaded when there is something to run: a slip in a flag is answered without waiting for venue and laboratory.
  const { loadSettings } = await import("../load-settings.ts");
  const { deskFile } = await import("../desk-file.ts");
  const asked = loadSettings(flags.config, settingsOf(flags), shortNames);
  const { own, pins } = await deskFile(asked, shortNames);
  const loaded = loadSettings(flags.config, [...settingsOf(flags), ...pins], shortNames);
  const { storedHistory, syntheticHistory } = await import("../backtest-history.ts");
  const { deskPlan } = await import("../desk-plan.ts");
  const { runModels } = await import("../run-models.ts");
  const { runPlan } = await import("../run-plan.ts");
  const { backtestText } = await import("../text/backtest-text.ts");
  const histories = synthetic === undefined ? await storedHistory(data, loaded, window) : syntheticHistory(synthetic, loaded);
  const models = runModels({ loaded }, [{ role: "trader", model: loaded.config.perps.model }]);
  try {
    await runPlan(deskPlan(loaded, own, histories, new MemoryJournal()), models, {
      ...(json === undefined ? {} : { json }),
      ...(journal === undefined ? {} : { journal }),
      ...(metrics === undefined ? {} : { metrics }),
      result: (_, report) => report,
      page: (_, report) => backtestText(report, `Backtest of ${own.desk.id}, the desk of ${file}`),
    });
  } finally {
    await models.close();
  }
}

/** Flags are configuration keys under shorter names. */
const shortNames = { "desk.file": "--desk-file", "perps.assets": "--assets", "perps.interval": "--interval", seed: "--seed" };

function settingsOf({ deskFile, assets, interval, seed, set = [] }: Flags): string[] {
  const given = { "desk.file": deskFile, "perps.assets": assets, "perps.interval": interval, seed };
  return [...Object.entries(given).flatMap(([key, value]) => (value === undefined ? [] : [`${key}=${value}`])), ...set];
}
