import { Command, Option } from "commander";
import { configFromRecord } from "../../config/config-from-record.ts";
import type { Entry } from "../../journal/entry.ts";
import { twinItems } from "../../lab/twin/twin-items.ts";
import { twinReport } from "../../lab/twin/twin-report.ts";
import { countOf, madeUpOf } from "../backtest-flags.ts";
import { Failed } from "../failed.ts";
import { settingsFailed } from "../load-settings.ts";
import { checkWritable, writeOutput } from "../output-file.ts";
import { journalEntries } from "../read-journal.ts";
import { checkStoreThere, insteadOf } from "../store-folder.ts";
import { twinText } from "../text/twin-text.ts";

type Flags = { readonly data: string; readonly synthetic?: string; readonly horizon?: number; readonly json?: string };

/** `countersign twin JOURNAL`: every refusal, trim, rejection and disagreement priced by what the market did afterwards. */
export function twinCommand(): Command {
  return new Command("twin")
    .description("price what was proposed, refused, trimmed, declined and rejected by what the market did afterwards")
    .argument("<journal>", "journal file of a run")
    .option("--data <dir>", "store of imported history", ".countersign/store")
    .addOption(
      new Option(
        "--synthetic <days>",
        "the run was on a made-up market of so many days, or sessions where its desk trades in them; more let its last wishes end",
      ).conflicts("data"),
    )
    .addOption(
      new Option("--horizon <bars>", "close after so many bars what met neither stop nor target (default: the desk's own)").argParser(bars),
    )
    .option("--json <file>", "write the report as JSON; - for the standard output")
    .addHelpText(
      "after",
      "\nExample:\n  countersign backtest perps --synthetic 20 --journal run.journal\n  countersign twin run.journal --synthetic 20\n",
    )
    .action(twin);
}

function bars(text: string): number {
  const count = countOf(text, 99_999);
  if (count === undefined) throw new Failed(2, `--horizon ${text}: a whole number of bars from 1 to 99999`);
  return count;
}

async function twin(path: string, { data, synthetic, horizon, json }: Flags): Promise<void> {
  if (json !== undefined && json !== "-") checkWritable(json, "--json");
  const first = journalEntries(path).next();
  const opening = first.done === true ? undefined : first.value;
  if (opening?.fact.kind !== "opened")
    throw new Failed(2, `${path}: this journal does not begin with an account's opening; name one of a run`);
  const madeUp = synthetic === undefined ? {} : { synthetic: madeUpOf(opening.desk)(synthetic) };
  if (synthetic === undefined) checkStoreThere(data, "--data", insteadOf(data));
  const loaded = configFromRecord(opening.fact.settings);
  if (!loaded.ok) throw settingsFailed(loaded.error);
  // Loaded when it is needed: stores are read by a database.
  const { marketOf, optionPremiumOf, priceRuleOf } = await import("../twin-market.ts");
  const window = { fromMs: opening.at.epochMilliseconds };
  const histories = await marketOf(opening.desk, loaded.value, { data, ...madeUp, window });
  const { config } = loaded.value;
  const facts = twinItems(journalEntries(path), optionPremiumOf(config));
  const report = twinReport(facts, histories, priceRuleOf(opening.desk, config, horizon));
  const text = `${JSON.stringify(report, undefined, 2)}\n`;
  if (json === "-") return void process.stdout.write(text);
  if (json !== undefined) writeOutput(json, "--json", (put) => put(text));
  process.stdout.write(twinText(report, titleOf(opening, synthetic !== undefined)));
}

const titleOf = ({ desk, account }: Entry, synthetic: boolean): string =>
  `Twin ledger of ${account} on the ${desk} desk${synthetic ? " on a SYNTHETIC market" : ""}`;
