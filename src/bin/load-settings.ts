import type { Loaded } from "../config/config.ts";
import { faultLine, type ConfigFault } from "../config/fault.ts";
import { loadConfig } from "../config/load-config.ts";
import { readConfigFile } from "../config/read-config-file.ts";
import { Failed } from "./failed.ts";

/** Configuration keys that a command has under a shorter name, such as `--strategy` for `perps.strategy`. */
export type FlagNames = Readonly<Record<string, string>>;

/** The configuration from defaults, environment, file and what the command line set; all its faults at once otherwise. */
export function loadSettings(path: string | undefined, set: readonly string[], names: FlagNames = {}): Loaded {
  const file = readConfigFile(path);
  if (!file.ok) throw new Failed(2, file.error.map(faultLine));
  const loaded = loadConfig({ file: file.value, env: process.env, set });
  if (loaded.ok) return loaded.value;
  throw settingsFailed(loaded.error, names);
}

/** What only the command line said is the command's fault; what a file or the environment says is theirs. */
export const settingsFailed = (faults: readonly ConfigFault[], names: FlagNames = {}): Failed =>
  new Failed(
    faults.every(({ where }) => where.startsWith("--set")) ? 2 : 1,
    faults.map((fault) => settingLine(fault, names)),
  );

/** A fault of the command line names its key once, as the person wrote it. */
export function settingLine(fault: ConfigFault, names: FlagNames = {}): string {
  const { where, key, problem, fix } = fault;
  return where === `--set ${key}` ? `${names[key] ?? where}: ${problem}; ${fix}` : faultLine(fault);
}
