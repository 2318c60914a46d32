import type { Loaded } from "../config/config.ts";
import { loadSettings, type FlagNames } from "./load-settings.ts";
import { strategyFiles, type StrategyFiles } from "./strategy-files.ts";

/** Configuration and the rules that it names as files; once read, a file's hash is part of the configuration, and so of its digest. */
export async function loadWithFiles(
  config: string | undefined,
  pairs: readonly string[],
  flags: FlagNames,
): Promise<{ readonly loaded: Loaded; readonly files: StrategyFiles }> {
  const asked = loadSettings(config, pairs, flags);
  const { files, pins } = await strategyFiles(asked, flags);
  return { loaded: pins.length === 0 ? asked : loadSettings(config, [...pairs, ...pins], flags), files };
}
