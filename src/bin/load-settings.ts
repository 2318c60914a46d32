import type { Loaded } from "../config/config.ts";
import { faultLine } from "../config/fault.ts";
import { loadConfig } from "../config/load-config.ts";
import { readConfigFile } from "../config/read-config-file.ts";
import { Failed } from "./failed.ts";

/** The configuration from defaults, environment, file and what the command line set; all its faults at once otherwise. */
export function loadSettings(path: string | undefined, set: readonly string[]): Loaded {
  const file = readConfigFile(path);
  if (!file.ok) throw new Failed(2, file.error.map(faultLine));
  const loaded = loadConfig({ file: file.value, env: process.env, set });
  if (loaded.ok) return loaded.value;
  // What only the command line said is the command's fault; what a file says is the file's.
  throw new Failed(loaded.error.every(({ where }) => where.startsWith("--set")) ? 2 : 1, loaded.error.map(faultLine));
}
