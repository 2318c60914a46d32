import { existsSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { SingleBar } from "cli-progress";
import { Argument, Command as CliCommand, Option } from "commander";
import { FileJournal } from "../../adapters/file-journal/file-journal.ts";
import { faultLine } from "../../adapters/file-journal/journal-fault.ts";
import { historyFaultText, isUsageFault } from "../../adapters/history/history-fault-text.ts";
import { parquetHistory } from "../../adapters/history/parquet-history.ts";
import type { Loaded } from "../../config/config.ts";
import type { AssetHistory } from "../../flow/market/bars.ts";
import { MemoryJournal } from "../../journal/memory-store.ts";
import { backtestReport } from "../../lab/backtest-report.ts";
import { runBacktest } from "../../lab/backtest.ts";
import type { Command } from "../../lab/replay-market.ts";
import type { JournalStore } from "../../ports/journal-store.ts";
import { demoMarket } from "../../sim/market/demo-market.ts";
import { intervals, type Interval } from "../../words/interval.ts";
import { Failed } from "../failed.ts";
import { loadSettings } from "../load-settings.ts";
import { perpsPlan, type Switch } from "../perps-plan.ts";
import { backtestText } from "../text/backtest-text.ts";
import { instantMs } from "../window.ts";

export type BacktestFlags = {
  readonly data: string;
  readonly synthetic?: number;
  readonly config?: string;
  readonly assets?: string;
  readonly interval?: Interval;
  readonly from?: string;
  readonly to?: string;
  readonly strategy?: string;
  readonly proposer?: string;
  readonly seed?: string;
  readonly set: readonly string[];
  readonly switch: readonly string[];
  readonly kill: readonly string[];
  readonly json?: string;
  readonly journal?: string;
};

const collect = (value: string, before: readonly string[]): readonly string[] => [...before, value];

/** `countersign backtest DESK`: a desk over history, with costs, the rails on, and a journal of everything. */
export function backtestCommand(): CliCommand {
  return new CliCommand("backtest")
    .description("run a desk over history: costs, funding, partial fills, rails and journal as in live trading")
    .addArgument(new Argument("<desk>", "the desk to run").choices(["perps"]))
    .option("--data <dir>", "store of imported history", ".countersign/store")
    .option("--synthetic <days>", "run on a made-up market of so many days instead of the store", days)
    .option("--config <file>", "configuration (default: countersign.yaml, if there is one)")
    .option("--assets <symbols>", "symbols with commas between, for example BTCUSDT,ETHUSDT (default: all in the store, at most 10)")
    .addOption(new Option("--interval <interval>", "bar interval that the desk decides on").choices(intervals))
    .option("--from <time>", "first bar, a UTC date or an instant")
    .option("--to <time>", "end, not included")
    .option("--strategy <name>", "conservative, aggressive, scalping, swing, dca, or one from the configuration")
    .addOption(
      new Option("--proposer <who>", "rules of the strategy, or the house model through the whole model path").choices(["rules", "house"]),
    )
    .option("--seed <text>", "what simulated chance starts from")
    .option("--set <key=value>", "any configuration key, may be repeated", collect, [])
    .option("--switch <time=strategy>", "change the strategy at that time, may be repeated", collect, [])
    .option("--kill <time=level>", "throw the kill switch at that time: K1, K2, K3 or K4, or none to resume; may be repeated", collect, [])
    .option("--json <file>", "write the result as JSON; - for the standard output")
    .option("--journal <file>", "write the journal, which must not exist yet")
    .addHelpText(
      "after",
      "\nExample:\n  countersign backtest perps --assets BTCUSDT,ETHUSDT,ADAUSDT --interval 1h --strategy swing --json result.json\n",
    )
    .action(backtest);
}

function days(text: string): number {
  const value = Number.parseInt(text, 10);
  if (!/^\d+$/.test(text) || value < 2 || value > 365) throw new Failed(2, `--synthetic ${text}: a whole number of days from 2 to 365`);
  return value;
}

async function backtest(_desk: string, flags: BacktestFlags): Promise<void> {
  const loaded = loadSettings(flags.config, settingsOf(flags));
  const histories = await historyOf(flags, loaded);
  const journal = journalOf(flags.journal);
  const plan = perpsPlan(loaded, histories, journal, flags.switch.map(switchOf));
  if (!plan.ok) throw new Failed(2, plan.error);
  const progress = progressBar();
  const startedMs = performance.now();
  const run = runBacktest({ ...plan.value, commands: flags.kill.map(killOf).sort((a, b) => a.fromMs - b.fromMs), onStep: progress.onStep });
  const wallMs = performance.now() - startedMs;
  progress.stop();
  await journal.commit();
  const report = backtestReport(run, wallMs);
  await journal.close();
  if (flags.json !== "-") process.stdout.write(backtestText(report, run.plan.settings.strategy.name));
  if (flags.json === "-") process.stdout.write(`${JSON.stringify(report, undefined, 2)}\n`);
  else if (flags.json !== undefined) await writeFile(flags.json, `${JSON.stringify(report, undefined, 2)}\n`);
}

/** Flags are configuration keys under shorter names. */
function settingsOf({ set, assets, interval, strategy, proposer, seed }: BacktestFlags): string[] {
  const given = { "perps.assets": assets, "perps.interval": interval, "perps.strategy": strategy, "perps.proposer": proposer, seed };
  return [...Object.entries(given).flatMap(([key, value]) => (value === undefined ? [] : [`${key}=${value}`])), ...set];
}

async function historyOf(flags: BacktestFlags, { config }: Loaded): Promise<readonly AssetHistory[]> {
  const window = {
    ...(flags.from === undefined ? {} : { fromMs: instantMs(flags.from, "--from") }),
    ...(flags.to === undefined ? {} : { toMs: instantMs(flags.to, "--to") }),
  };
  if (window.fromMs !== undefined && window.toMs !== undefined && window.fromMs >= window.toMs)
    throw new Failed(2, `--from ${flags.from} is not before --to ${flags.to}`);
  const { assets, interval } = config.perps;
  if (flags.synthetic !== undefined) return syntheticHistory(config.seed, flags.synthetic, interval, assets);
  const store = parquetHistory(flags.data);
  const asked = assets.length > 0 ? assets : await storedSymbols(flags.data);
  const loaded = await store.load({ assets: asked, interval, ...window });
  if (!loaded.ok) throw new Failed(isUsageFault(loaded.error) ? 2 : 1, historyFaultText(loaded.error));
  return loaded.value;
}

function syntheticHistory(seed: string, count: number, interval: Interval, wanted: readonly string[]): readonly AssetHistory[] {
  const all = demoMarket(seed, count, interval);
  if (wanted.length === 0) return all;
  return wanted.map((symbol) => {
    const found = all.find(({ instrument }) => instrument.symbol === symbol || instrument.id === symbol);
    if (found === undefined)
      throw new Failed(2, `${symbol} is not in the synthetic market; it has ${all.map(({ instrument }) => instrument.symbol).join(", ")}`);
    return found;
  });
}

async function storedSymbols(store: string): Promise<readonly string[]> {
  const listed = await parquetHistory(store).assets();
  if (!listed.ok) throw new Failed(1, historyFaultText(listed.error));
  const symbols = [...new Set(listed.value.filter(({ kind }) => kind === "ohlcv").map(({ id }) => id))];
  if (symbols.length === 0)
    throw new Failed(
      2,
      `${store} holds no candles; import some with: countersign data import FILE... --store ${store}, or run on a made-up market with --synthetic 30`,
    );
  if (symbols.length > 10) throw new Failed(2, `${store} holds ${symbols.length} assets; name at most 10 with --assets`);
  return symbols;
}

function journalOf(path: string | undefined): JournalStore {
  if (path === undefined) return new MemoryJournal();
  if (existsSync(path)) throw new Failed(2, `${path} exists; a journal is never written over: name another file or remove it`);
  const opened = FileJournal.open(path);
  if (!opened.ok) throw new Failed(1, faultLine(opened.error));
  return opened.value;
}

function switchOf(text: string): Switch {
  const [time, strategy, ...rest] = text.split("=");
  if (time === undefined || strategy === undefined || strategy === "" || rest.length > 0)
    throw new Failed(2, `--switch ${text}: write TIME=STRATEGY, for example 2025-03-20=scalping`);
  return { fromMs: instantMs(time, "--switch"), strategy };
}

function killOf(text: string): Command {
  const [time = "", level] = text.split("=");
  const known = (["none", "K1", "K2", "K3", "K4"] as const).find((each) => each === level);
  if (known === undefined)
    throw new Failed(2, `--kill ${text}: write TIME=LEVEL, for example 2025-03-20=K4; levels are K1, K2, K3, K4, and none to resume`);
  return { fromMs: instantMs(time, "--kill"), level: known };
}

/** A bar on stderr once the run takes longer than a moment, and only for a person. */
function progressBar(): { readonly onStep: (done: number, steps: number) => void; readonly stop: () => void } {
  const startedMs = performance.now();
  let bar: SingleBar | undefined;
  return {
    onStep: (done, steps) => {
      if (!process.stderr.isTTY || performance.now() - startedMs < 500) return;
      if (bar === undefined) {
        bar = new SingleBar({
          format: "{bar} {percentage}%  {value}/{total} steps",
          stream: process.stderr,
          clearOnComplete: true,
          hideCursor: true,
        });
        bar.start(steps, done);
      }
      bar.update(done);
    },
    stop: () => bar?.stop(),
  };
}
