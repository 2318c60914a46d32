import { existsSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { resolve } from "node:path";
import { Argument, Command as CliCommand, Option } from "commander";
import { FileJournal } from "../../adapters/file-journal/file-journal.ts";
import { faultLine } from "../../adapters/file-journal/journal-fault.ts";
import { MemoryJournal } from "../../journal/memory-store.ts";
import { backtestReport } from "../../lab/backtest-report.ts";
import { runBacktest } from "../../lab/backtest.ts";
import type { Command } from "../../lab/replay-market.ts";
import type { JournalStore } from "../../ports/journal-store.ts";
import { instantOfMs } from "../../words/instant.ts";
import { intervals, type Interval } from "../../words/interval.ts";
import { endMsOf, storedHistory, syntheticHistory, type Window } from "../backtest-history.ts";
import { Failed } from "../failed.ts";
import { loadSettings } from "../load-settings.ts";
import { checkWritable } from "../output-file.ts";
import { perpsPlan, type Switch } from "../perps-plan.ts";
import { backtestText } from "../text/backtest-text.ts";
import { instantMs } from "../window.ts";
import { slowProgress } from "./slow-progress.ts";

type BacktestFlags = {
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
  readonly set?: readonly string[];
  readonly switch?: readonly string[];
  readonly kill?: readonly string[];
  readonly json?: string;
  readonly journal?: string;
};

const collect = (value: string, before: readonly string[] = []): readonly string[] => [...before, value];

/** `countersign backtest DESK`: a desk over history, with costs, the rails on, and a journal of everything. */
export function backtestCommand(): CliCommand {
  return new CliCommand("backtest")
    .description("run a desk over history: costs, funding, partial fills, rails and journal as in live trading")
    .addArgument(new Argument("<desk>", "the desk to run").choices(["perps"]))
    .option("--data <dir>", "store of imported history", ".countersign/store")
    .addOption(
      new Option("--synthetic <days>", "run on a made-up market of so many days instead of the store")
        .argParser(days)
        .conflicts(["data", "from", "to"]),
    )
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
    .option("--set <key=value>", "any configuration key, may be repeated", collect)
    .option("--switch <time=strategy>", "change the strategy at that time, may be repeated", collect)
    .option("--kill <time=level>", "throw the kill switch at that time: K1, K2, K3 or K4, or none to resume; may be repeated", collect)
    .option("--json <file>", "write the result as JSON; - for the standard output")
    .option("--journal <file>", "write the journal, which must not exist yet")
    .addHelpText(
      "after",
      "\nExamples:\n  countersign backtest perps --synthetic 20 --strategy conservative\n  countersign backtest perps --assets BTCUSDT,ETHUSDT,ADAUSDT --interval 1h --strategy swing --json result.json\n",
    )
    .action(backtest);
}

function days(text: string): number {
  const value = Number.parseInt(text, 10);
  if (!/^\d+$/.test(text) || value < 2 || value > 365) throw new Failed(2, `--synthetic ${text}: a whole number of days from 2 to 365`);
  return value;
}

/** Everything that was asked is looked at before anything runs or is written. */
async function backtest(_desk: string, flags: BacktestFlags): Promise<void> {
  checkOutputs(flags);
  const window = windowOf(flags);
  const switches = (flags.switch ?? []).map(switchOf);
  const commands = (flags.kill ?? []).map(killOf).sort((a, b) => a.fromMs - b.fromMs);
  const loaded = loadSettings(flags.config, settingsOf(flags), shortNames);
  const histories =
    flags.synthetic === undefined ? await storedHistory(flags.data, loaded, window) : syntheticHistory(flags.synthetic, loaded);
  checkInTime(flags, endMsOf(histories));

  const planned = perpsPlan(loaded, histories, new MemoryJournal(), switches);
  if (!planned.ok) throw new Failed(2, planned.error);
  const journal = journalOf(flags.journal) ?? planned.value.journal;
  const progress = slowProgress(1, "{bar} {percentage}%  {value}/{total} steps", 500);
  const startedMs = performance.now();
  const run = runBacktest({ ...planned.value, journal, commands, onStep: (done, steps) => progress.on(done, "", steps) });
  const wallMs = performance.now() - startedMs;
  progress.stop();
  await journal.commit();
  const report = backtestReport(run, wallMs);
  await journal.close();

  const json = `${JSON.stringify(report, undefined, 2)}\n`;
  if (flags.json === "-") return void process.stdout.write(json);
  const { strategy, proposer } = run.plan.settings;
  const who = proposer === "house" ? `, the house model with the frames of ${strategy.name}` : `, strategy ${strategy.name}`;
  process.stdout.write(backtestText(report, `Backtest of the perps desk${who}`));
  if (flags.json !== undefined) await writeFile(flags.json, json);
}

/** Flags are configuration keys under shorter names. */
const shortNames = {
  "perps.assets": "--assets",
  "perps.interval": "--interval",
  "perps.strategy": "--strategy",
  "perps.proposer": "--proposer",
  seed: "--seed",
};

function settingsOf({ set = [], assets, interval, strategy, proposer, seed }: BacktestFlags): string[] {
  const given = { "perps.assets": assets, "perps.interval": interval, "perps.strategy": strategy, "perps.proposer": proposer, seed };
  return [...Object.entries(given).flatMap(([key, value]) => (value === undefined ? [] : [`${key}=${value}`])), ...set];
}

function checkOutputs({ json, journal }: BacktestFlags): void {
  if (json !== undefined && json !== "-") checkWritable(json, "--json");
  if (journal === undefined) return;
  if (existsSync(journal))
    throw new Failed(2, `--journal ${journal}: it exists, and a journal is never written over; name another file or remove it`);
  checkWritable(journal, "--journal");
  if (json !== undefined && resolve(json) === resolve(journal))
    throw new Failed(2, `--json and --journal both name ${journal}; give each a file of its own`);
}

function windowOf({ from, to }: BacktestFlags): Window {
  const window = {
    ...(from === undefined ? {} : { fromMs: instantMs(from, "--from") }),
    ...(to === undefined ? {} : { toMs: instantMs(to, "--to") }),
  };
  if (window.fromMs !== undefined && window.toMs !== undefined && window.fromMs >= window.toMs)
    throw new Failed(2, `--from ${from} is not before --to ${to}; --to is the end, which is not included`);
  return window;
}

/** What is planned for after the last bar would silently never happen. */
function checkInTime(flags: BacktestFlags, endMs: number): void {
  for (const flag of ["switch", "kill"] as const)
    for (const text of flags[flag] ?? [])
      if (instantMs(text.split("=")[0] ?? "", `--${flag}`) > endMs)
        throw new Failed(2, `--${flag} ${text}: the data ends before, at ${instantOfMs(endMs).toString()}`);
}

function journalOf(path: string | undefined): JournalStore | undefined {
  if (path === undefined) return undefined;
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
  const [time = "", level, ...rest] = text.split("=");
  const known = (["none", "K1", "K2", "K3", "K4"] as const).find((each) => each === level);
  if (known === undefined || rest.length > 0)
    throw new Failed(2, `--kill ${text}: write TIME=LEVEL, for example 2025-03-20=K4; levels are K1, K2, K3, K4, and none to resume`);
  return { fromMs: instantMs(time, "--kill"), level: known };
}
