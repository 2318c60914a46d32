import { Command as CliCommand } from "commander";
import { checkOutputs, overMarket, setsKeys, windowOf } from "../backtest-flags.ts";
import { newsIn } from "../news-in.ts";
import { checkStoreThere, insteadOf } from "../store-folder.ts";

type Flags = {
  readonly data: string;
  readonly synthetic?: number;
  readonly config?: string;
  readonly from?: string;
  readonly to?: string;
  readonly seed?: string;
  readonly set?: readonly string[];
  readonly json?: string;
  readonly journal?: string;
  readonly news?: string;
  readonly approve?: string;
};

/** `countersign backtest accounts`: every account of the configuration, of whatever desk, side by side and under the budgets that they share. */
export function backtestAccountsCommand(): CliCommand {
  const command = overMarket(
    new CliCommand("accounts").description(
      "run the accounts of the configuration side by side, of any desk, and under the budgets that groups of them share",
    ),
    { madeUp: "on made-up markets of so many days" },
  );
  return setsKeys(command)
    .option("--news <file>", "news as JSON Lines with source, at, body and perhaps title and symbols; shown to models from their time on")
    .option("--approve <who>", "what the person of a council says: all (default), none, or a file as of backtest council")
    .option("--json <file>", "write the result as JSON; - for the standard output")
    .option("--journal <dir>", "write a journal for each account into this folder, which must not exist yet")
    .addHelpText("after", "\nExample:\n  countersign backtest accounts --config examples/accounts.yaml --synthetic 10\n")
    .action(backtest);
}

/** Everything that was asked is looked at before anything runs or is written. */
async function backtest({ config, seed, set = [], news, ...flags }: Flags): Promise<void> {
  checkOutputs(flags);
  const window = windowOf(flags);
  if (flags.synthetic === undefined) checkStoreThere(flags.data, "--data", insteadOf(flags.data));
  // Loaded when there is something to run: a slip in a flag is answered without waiting for desk, venue and laboratory.
  const { loadWithFiles } = await import("../load-with-files.ts");
  const { loaded, files } = await loadWithFiles(config, [...(seed === undefined ? [] : [`seed=${seed}`]), ...set], { seed: "--seed" });
  const { runAccountsOf } = await import("../run-accounts.ts");
  await runAccountsOf({ ...flags, ...(news === undefined ? {} : { news: newsIn(news) }), loaded, window, files });
}
