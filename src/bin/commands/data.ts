import { statSync } from "node:fs";
import { Command, InvalidArgumentError, Option } from "commander";
import { historyFaultText, isUsageFault } from "../../adapters/history/history-fault-text.ts";
import { isZone, type TimeUnit } from "../../adapters/history/stamps.ts";
import type { FileFlags } from "../../adapters/history/file-plan.ts";
import type { Market } from "../../adapters/history/file-name.ts";
import type { HistoryFault, HistoryKind } from "../../ports/history.ts";
import { intervals, type Interval } from "../../words/interval.ts";
import { parsePrice, type Price } from "../../words/price.ts";
import { parseQuantity, type Quantity } from "../../words/quantity.ts";
import { Failed } from "../failed.ts";
import { oneOf } from "../one-of.ts";
import { checkStoreFolder, checkStoreThere } from "../store-folder.ts";
import { importText, listText, qualityText, refusalText } from "../text/data-text.ts";
import { slowProgress } from "../slow-progress.ts";

const defaultStore = ".countersign/store";

type ImportFlags = {
  readonly store: string;
  readonly symbol?: string;
  readonly interval?: Interval;
  readonly kind?: HistoryKind;
  readonly market?: Market;
  readonly currency?: string;
  readonly zone?: string;
  readonly timeUnit?: TimeUnit | "auto";
  readonly tick?: Price;
  readonly lot?: Quantity;
  readonly roundDecimals?: number;
  readonly sort?: true;
  readonly lenient?: true;
  readonly json?: true;
};
type StoreFlags = { readonly store: string; readonly json?: true };

/** `countersign data`: import, list and check market history. Exit codes: 0 done, 1 the data is bad, 2 the command is. */
export function dataCommand(): Command {
  const data = new Command("data").description("import market history into the local store, list it, check it");
  data.addCommand(importCommand());
  data.addCommand(listCommand());
  data.addCommand(checkCommand());
  for (const command of [data, ...data.commands]) command.exitOverride((fault) => process.exit(fault.exitCode === 0 ? 0 : 2));
  return data;
}

const storeOption = (): Option => new Option("--store <dir>", "folder of the store").default(defaultStore);

function importCommand(): Command {
  return new Command("import")
    .description("read files into the store: CSV, freqtrade JSON, feather, LEAN or exchange zip, Parquet, each also .gz")
    .argument("<files...>", "files whose names may tell symbol, interval and kind: BTCUSDT-1m-futures.csv.gz")
    .addOption(storeOption())
    .option("--symbol <symbol>", "symbol, where the name does not tell it")
    .addOption(oneOf(new Option("--interval <interval>", "interval of the rows"), intervals))
    .addOption(oneOf(new Option("--kind <kind>", "what the rows are"), ["ohlcv", "mark", "funding", "open-interest"]))
    .addOption(oneOf(new Option("--market <market>", "what the asset is"), ["perpetual", "spot", "equity", "etf"]))
    .option("--currency <code>", "currency of prices, where the symbol does not tell it")
    .option("--zone <zone>", "zone of times without an offset: UTC, +03:00, America/New_York (default: UTC)", zone)
    .addOption(oneOf(new Option("--time-unit <unit>", "unit of epoch times (default: auto)"), ["s", "ms", "us", "ns", "auto"]))
    .option("--tick <price>", "price step (default: the finest decimal of the prices)", tick)
    .option("--lot <quantity>", "quantity step (default: the finest decimal of the volumes)", lot)
    .option("--round-decimals <n>", "round numbers to n decimals, half to even (default: refuse more than 12)", decimals)
    .option("--sort", "put rows in order of time before they are checked")
    .option("--lenient", "import the rows that keep the rules, and write the others to STORE/rejects/NAME.csv")
    .option("--json", "write the outcome as JSON")
    .addHelpText(
      "after",
      "\nExample:\n  countersign data import BTCUSDT-1m-futures.csv.gz BTCUSDT-8h-funding_rate.csv.gz \\\n    --store history\n",
    )
    .action(clearly(runImport));
}

function listCommand(): Command {
  return new Command("list")
    .description("what the store holds: asset, kind, interval, rows, first, last, gaps, source")
    .addOption(storeOption())
    .option("--json", "write the list as JSON")
    .addHelpText("after", "\nExample:\n  countersign data list --store history\n")
    .action(clearly(runList));
}

function checkCommand(): Command {
  return new Command("check")
    .description("read every stored row and report gaps and bad ticks; nothing is changed")
    .argument("[assets...]", "symbols or ids (default: all)")
    .addOption(storeOption())
    .option("--json", "write the report as JSON")
    .addHelpText("after", "\nExample:\n  countersign data check BTCUSDT --store history\n")
    .action(clearly(runCheck));
}

async function runImport(files: readonly string[], flags: ImportFlags): Promise<void> {
  const { store, tick: givenTick, lot: givenLot, lenient, sort, json, ...fileFlags } = flags;
  checkStoreFolder(store, "--store");
  for (const file of files)
    if (statSync(file, { throwIfNoEntry: false })?.isDirectory() === true)
      throw new Failed(2, `${file}: this is a folder; name the files in it, for example ${file.replace(/\/+$/, "")}/*.csv`);
  // Loaded when a command runs: DuckDB is large, and every other command would wait for it.
  const { importFiles } = await import("../../adapters/history/import-files.ts");
  const progress = slowProgress(files.length);
  const outcome = await importFiles({
    store,
    files,
    flags: fileFlags satisfies FileFlags,
    ...(givenTick === undefined ? {} : { tick: givenTick }),
    ...(givenLot === undefined ? {} : { lot: givenLot }),
    lenient: lenient === true,
    sort: sort === true,
    onFile: (done, name) => progress.on(done, name),
  }).finally(progress.stop);
  if (json === true) writeJson(outcome);
  else if (outcome.status === "imported") process.stdout.write(importText(outcome));
  process.stderr.write(refusalText(outcome));
  if (outcome.status === "imported") return;
  process.exitCode = outcome.status === "usage" ? 2 : 1;
}

async function runList({ store, json }: StoreFlags): Promise<void> {
  checkNamedStore(store);
  const { parquetHistory } = await import("../../adapters/history/parquet-history.ts");
  const assets = await parquetHistory(store).assets();
  if (!assets.ok) return fail(assets.error);
  if (json === true) writeJson(assets.value);
  else process.stdout.write(listText(store, assets.value));
}

async function runCheck(assets: readonly string[], { store, json }: StoreFlags): Promise<void> {
  checkNamedStore(store);
  const { checkStore } = await import("../../adapters/history/check-store.ts");
  const reports = await checkStore(store, assets);
  if (!reports.ok) return fail(reports.error);
  if (json === true) writeJson(reports.value);
  else process.stdout.write(reports.value.length === 0 ? `${store} holds no history\n` : reports.value.map(qualityText).join(""));
}

/** The usual store need not be there yet. */
function checkNamedStore(store: string): void {
  if (store === defaultStore) checkStoreFolder(store, "--store");
  else checkStoreThere(store, "--store", `import some with: countersign data import FILE... --store ${store}`);
}

/** What the system refuses (no right to write, no space) is one line as well; a stack is kept for our own bugs. */
const clearly =
  <Words extends readonly unknown[]>(run: (...words: Words) => Promise<void>) =>
  async (...words: Words): Promise<void> => {
    try {
      await run(...words);
    } catch (cause) {
      if (!(cause instanceof Error && "code" in cause && "syscall" in cause)) throw cause;
      process.stderr.write(`${cause.message}\n`);
      process.exitCode = 1;
    }
  };

function fail(fault: HistoryFault): void {
  process.stderr.write(`${historyFaultText(fault)}\n`);
  process.exitCode = isUsageFault(fault) ? 2 : 1;
}

const writeJson = (value: unknown): void => {
  process.stdout.write(`${JSON.stringify(value, null, 2)}\n`);
};

function zone(text: string): string {
  if (!isZone(text)) throw new InvalidArgumentError("A zone is UTC, an offset such as +03:00, or a name such as America/New_York.");
  return text;
}

function tick(text: string): Price {
  const read = parsePrice(text);
  if (!read.ok || read.value <= 0n) throw new InvalidArgumentError("A tick is a decimal above zero, such as 0.1.");
  return read.value;
}

function lot(text: string): Quantity {
  const read = parseQuantity(text);
  if (!read.ok || read.value <= 0n) throw new InvalidArgumentError("A lot is a decimal above zero, such as 0.001.");
  return read.value;
}

function decimals(text: string): number {
  if (!/^\d{1,2}$/.test(text) || Number(text) > 12) throw new InvalidArgumentError("Decimals are a whole number from 0 to 12.");
  return Number(text);
}
