import { hash } from "node:crypto";
import { readFileSync } from "node:fs";
import { dirname, relative, resolve, sep } from "node:path";
import { pathToFileURL } from "node:url";
import type { Loaded } from "../config/config.ts";
import { shown, type ConfigFault } from "../config/fault.ts";
import type { Strategy } from "../flow/proposals/strategy.ts";
import { guarded } from "./guarded-strategy.ts";
import { settingsFailed, type FlagNames } from "./load-settings.ts";
import { strategyShape } from "./strategy-shape.ts";

/** The strategies that are files of the user's, by the name that the configuration gives them. */
export type StrategyFiles = ReadonlyMap<string, Strategy>;

export type WithFiles = {
  readonly files: StrategyFiles;
  /** `key=value` for each file's path from here and its SHA-256: with these a journal says which rules it was decided by. */
  readonly pins: readonly string[];
};

/**
 * Loads every file below `strategies` of a configuration; a path stands as seen from the file that names it, or from here. A file that
 * is not the one whose SHA-256 the configuration holds is refused: its decisions would not be those that were asked for.
 */
export async function strategyFiles({ config, sources }: Loaded, flags: FlagNames = {}): Promise<WithFiles> {
  const files = new Map<string, Strategy>();
  const pins: string[] = [];
  const faults: ConfigFault[] = [];
  for (const [name, { file, sha256 }] of Object.entries(config.strategies)) {
    if (file === undefined) continue;
    const key = `strategies.${name}.file`;
    const source = sources[key] ?? "default";
    const path = resolve(folderOf(source), file);
    const fault = (problem: string, fix: string, of = key): void =>
      void faults.push({ where: source === "--set" ? `--set ${of}` : source, key: of, problem: `${shown(file)} ${problem}`, fix });
    const bytes = bytesOf(path);
    if (typeof bytes === "string") {
      fault(`cannot be read (${bytes}); it was looked for at ${path}`, `say where it is, as with --set ${key}=FILE`);
      continue;
    }
    const digest = hash("sha256", bytes, "hex");
    if (sha256 !== undefined && sha256 !== digest) {
      const fix = `bring back the file as it was, or ask for it as it is with --set strategies.${name}.sha256=${digest}`;
      fault(`has changed: its SHA-256 is ${digest.slice(0, 12)}... and not ${sha256.slice(0, 12)}...`, fix, `strategies.${name}.sha256`);
      continue;
    }
    const read = await exportOf(path);
    if (read.fault !== undefined)
      fault(read.fault, "export a strategy as examples/sma-cross.ts does: export const strategy: Strategy = {...}");
    else files.set(name, guarded(read.strategy, file));
    pins.push(`${key}=${relative(".", path).split(sep).join("/")}`, `strategies.${name}.sha256=${digest}`);
  }
  if (faults.length > 0) throw settingsFailed(faults, flags);
  return { files, pins };
}

/** A path in a configuration file is seen from that file's folder, all others from here. */
function folderOf(source: string): string {
  const [, path] = /^(.+):\d+:\d+$/.exec(source) ?? [];
  return path === undefined ? "." : dirname(path);
}

function bytesOf(path: string): Uint8Array | string {
  try {
    return readFileSync(path);
  } catch (cause) {
    return cause instanceof Error && "code" in cause ? String(cause.code) : String(cause);
  }
}

type Read = { readonly strategy: Strategy; readonly fault?: never } | { readonly fault: string };

async function exportOf(path: string): Promise<Read> {
  let module: Readonly<Record<string, unknown>>;
  try {
    module = (await import(pathToFileURL(path).href)) as Readonly<Record<string, unknown>>;
  } catch (cause) {
    return { fault: `cannot be loaded: ${firstLine(cause)}` };
  }
  if (!Object.hasOwn(module, "strategy"))
    return { fault: `exports nothing named strategy; it exports ${Object.keys(module).join(", ") || "nothing"}` };
  const strategy = strategyShape(module["strategy"]);
  return strategy.ok ? { strategy: strategy.value } : { fault: `exports no whole strategy: ${strategy.error}` };
}

const firstLine = (cause: unknown): string => (cause instanceof Error ? cause.message : String(cause)).split("\n")[0] ?? "";
