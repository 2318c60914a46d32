import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { Option, type Command } from "commander";
import type { Window } from "./backtest-history.ts";
import { Failed } from "./failed.ts";
import { checkWritable } from "./output-file.ts";
import { repeated } from "./repeated.ts";
import { instantMs } from "./window.ts";

/** What the backtests of all desks ask of the flags that they share; each fault is one line that says what would be right. */

/** How long a made-up market may be, for desks that trade in sessions: less says nothing, and more takes too long to make. */
const sessions: Readonly<Record<string, readonly [least: number, most: number]>> = {
  equities: [60, 2500],
  options: [1, 40],
  council: [4, 520],
};

const coinDays = [2, 365] as const;

/** What stands behind `--synthetic` for this desk; coins trade in days, and so does a desk of the user's own. */
export function madeUpOf(desk: string): (text: string) => number {
  const [least, most] = sessions[desk] ?? coinDays;
  const what = Object.hasOwn(sessions, desk) ? "sessions" : "days";
  return (text) => {
    const value = /^\d{1,6}$/.test(text) ? Number.parseInt(text, 10) : 0;
    if (value < least || value > most) throw new Failed(2, `--synthetic ${text}: a whole number of ${what} from ${least} to ${most}`);
    return value;
  };
}

export const daysOf = madeUpOf("perps");

/** As long as asked, or as near to it as the desk's own market goes: accounts of several desks are asked for one length. */
export function madeUpNear(desk: string, length: number): number {
  const [least, most] = sessions[desk] ?? coinDays;
  return Math.min(most, Math.max(least, length));
}

/** A whole number from 1 to `most`, or undefined where the text is none. */
export function countOf(text: string, most: number): number | undefined {
  const count = /^\d{1,6}$/.test(text) ? Number.parseInt(text, 10) : 0;
  return count < 1 || count > most ? undefined : count;
}

type Market = { readonly desk?: string; readonly store?: string; readonly madeUp?: string };

/** What a backtest runs over: imported history or a market that is made up for it, the configuration, and which part of the history. */
export function overMarket(
  command: Command,
  { desk = "perps", store = "store of imported history", madeUp = "on a made-up market of so many days" }: Market = {},
): Command {
  const length = Object.hasOwn(sessions, desk) ? "sessions" : "days";
  return command
    .option("--data <dir>", store, ".countersign/store")
    .addOption(
      new Option(`--synthetic <${length}>`, `run ${madeUp} instead of the store`)
        .argParser(madeUpOf(desk))
        .conflicts(["data", "from", "to"]),
    )
    .option("--config <file>", "configuration (default: countersign.yaml, if there is one)")
    .option("--from <time>", "first bar, a UTC date or an instant")
    .option("--to <time>", "end, not included");
}

export const keepsAnswers = (command: Command): Command =>
  command
    .option("--record <dir>", "keep every answer of a model in this folder")
    .addOption(new Option("--recorded <dir>", "take the answers from this folder and ask nobody").conflicts("record"));

/** What simulated chance starts from, and settings over all others. */
export const setsKeys = (command: Command, chance = "what simulated chance starts from"): Command =>
  command.option("--seed <text>", chance).option("--set <key=value>", "any configuration key, may be repeated", repeated);

export const writesResult = (command: Command): Command =>
  command.option("--json <file>", "write the result as JSON; - for the standard output").option(...metricsFlag);

type Outputs = { readonly json?: string; readonly journal?: string; readonly metrics?: string };

const metricsFlag = ["--metrics <file>", "write what was counted of the models, as Prometheus reads it"] as const;

export function checkOutputs({ json, journal, metrics }: Outputs): void {
  if (json !== undefined && json !== "-") checkWritable(json, "--json");
  if (metrics !== undefined) checkMetrics(metrics, { json, journal });
  if (journal === undefined) return;
  if (existsSync(journal))
    throw new Failed(2, `--journal ${journal}: it exists, and a journal is never written over; name another file or remove it`);
  checkWritable(journal, "--journal");
  if (json !== undefined && resolve(json) === resolve(journal))
    throw new Failed(2, `--json and --journal both name ${journal}; give each a file of its own`);
}

function checkMetrics(path: string, others: { readonly json: string | undefined; readonly journal: string | undefined }): void {
  if (path === "-") throw new Failed(2, "--metrics -: name a file; the standard output is the page's");
  checkWritable(path, "--metrics");
  for (const [flag, other] of Object.entries(others))
    if (other !== undefined && resolve(other) === resolve(path))
      throw new Failed(2, `--${flag} and --metrics both name ${path}; give each a file of its own`);
}

export function windowOf({ from, to }: { readonly from?: string; readonly to?: string }): Window {
  const window = {
    ...(from === undefined ? {} : { fromMs: instantMs(from, "--from") }),
    ...(to === undefined ? {} : { toMs: instantMs(to, "--to") }),
  };
  if (window.fromMs !== undefined && window.toMs !== undefined && window.fromMs >= window.toMs)
    throw new Failed(2, `--from ${from} is not before --to ${to}; --to is the end, which is not included`);
  return window;
}
