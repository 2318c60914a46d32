import { resolve } from "node:path";
import { Command } from "commander";
import { windowOf } from "../backtest-flags.ts";
import { Failed } from "../failed.ts";
import type { HeldBook, OptionsMarket } from "../options-book.ts";
import { checkStoreThere, insteadOf } from "../store-folder.ts";
import { killOf, optionsPairs, optionsShortNames, withOptionsFlags, type OptionsFlags } from "./options-flags.ts";

type Flags = OptionsFlags & { readonly dir: string; readonly skip?: true };

/** `countersign options`: the options desk over a market that is played from history, stopping where a person is needed (LINE-5). */
export function optionsCommand(): Command {
  const run = new Command("run").description("begin a run, or go on to where a person is needed next");
  return new Command("options")
    .description("the options desk step by step: it stops where a decision waits for a person, and goes on when it was answered")
    .addCommand(
      withOptionsFlags(run)
        .option("--dir <dir>", "folder of the run: its journal and where its market comes from", ".countersign/options")
        .option("--skip", "go on although items wait: what nobody answers expires")
        .addHelpText(
          "after",
          "\nA run that is under way goes on with --dir alone.\n\nExample:\n  countersign options run --dir desk --synthetic 3\n  countersign queue answer desk ID approve --by ann --why 'the trend holds'\n  countersign options run --dir desk\n",
        )
        .action(runOn),
    );
}

async function runOn(flags: Flags, command: Command): Promise<void> {
  const { optionsBegun, withOptions } = await import("../options-book.ts");
  if (!optionsBegun(flags.dir)) return begin(flags);
  const isAsked = command.options.some(
    (option) => !["dir", "skip"].includes(option.attributeName()) && command.getOptionValueSource(option.attributeName()) === "cli",
  );
  const { isOver } = await import("../run-folder.ts");
  const said = await withOptions(flags.dir, async (book) => {
    if (isAsked) {
      const { checkSame } = await import("../options-same.ts");
      checkSame(flags.dir, book, marketOf(flags), await settings(flags));
    }
    return isOver(book.seat) ? "" : goOn(flags, book);
  });
  await tell(flags.dir, said);
}

async function begin(flags: Flags): Promise<void> {
  const market = marketOf(flags);
  if (flags.synthetic === undefined) checkStoreThere(flags.data, "--data", insteadOf(flags.data));
  const loaded = await settings(flags);
  const { beginOptions } = await import("../options-book.ts");
  const { advanceOptions } = await import("../options-advance.ts");
  const { seatOf } = await import("../run-folder.ts");
  const { added } = await advanceOptions({ market, loaded, seat: seatOf("options", []) }, { to: "person", left: [] });
  await beginOptions(flags.dir, market, added);
  await tell(flags.dir, "");
}

/** What came of the items since the last command. */
async function goOn({ dir, skip }: Flags, book: HeldBook): Promise<string> {
  const { advanceOptions } = await import("../options-advance.ts");
  const { happenedText } = await import("../text/options-queue-text.ts");
  const left = book.seat.state.decisions.options.queue.map(({ item }) => item);
  if (left.length > 0 && skip === undefined)
    throw new Failed(
      1,
      `${left.length} ${left.length === 1 ? "item waits" : "items wait"} for a person; countersign queue list ${dir} shows what, and --skip goes on without an answer`,
    );
  const { added } = await advanceOptions(book, { to: "person", left });
  book.keep(added);
  return happenedText(added);
}

const marketOf = (flags: Flags): OptionsMarket => ({
  format: "countersign.options@1",
  // The run may go on from another folder than the one it was begun in.
  data: flags.synthetic === undefined ? resolve(flags.data) : "",
  ...(flags.synthetic === undefined ? {} : { synthetic: flags.synthetic }),
  ...windowOf(flags),
  kills: (flags.kill ?? []).map(killOf),
});

async function settings(flags: Flags) {
  const { loadSettings } = await import("../load-settings.ts");
  return loadSettings(flags.config, optionsPairs(flags), optionsShortNames);
}

async function tell(dir: string, happened: string): Promise<void> {
  const { withOptions } = await import("../options-book.ts");
  const { standingText } = await import("../text/options-queue-text.ts");
  process.stdout.write(`${happened}${await withOptions(dir, async (book) => standingText(book, dir))}`);
}
