import { Command } from "commander";
import type { Loaded } from "../../config/config.ts";
import type { ConfigFault } from "../../config/fault.ts";
import { loadConfig } from "../../config/load-config.ts";
import { readConfigFile } from "../../config/read-config-file.ts";
import { configReference } from "../../config/reference.ts";
import { err, type Result } from "../../words/result.ts";
import { settingLine } from "../load-settings.ts";

/** `countersign config show|check`. Exit code 1: the configuration has faults; 2: the command itself was wrong. */
export function configCommand(): Command {
  const config = new Command("config").description("show the settings that would hold, or check them");
  config
    .command("show")
    .description("print every key with its value and where that came from")
    .option("--config <file>", "configuration file (default: countersign.yaml here, if there is one)")
    .option("--set <key=value...>", "one setting over all others")
    .option("--json", "as JSON, for programs")
    .option("--reference", "print all keys with defaults, units, bounds and meaning instead")
    .addHelpText("after", "\nExamples:\n  countersign config show --set account.leverage=2\n  countersign config show --reference\n")
    .action((options: ShowOptions) => show(config, options));
  config
    .command("check")
    .description("say ok and the digest, or every fault at once")
    .option("--config <file>", "configuration file (default: countersign.yaml here, if there is one)")
    .option("--set <key=value...>", "one setting over all others")
    .addHelpText("after", "\nExample:\n  countersign config check --config countersign.yaml\n")
    .action((options: Options) => check(config, options));
  for (const command of [config, ...config.commands]) command.exitOverride((fault) => process.exit(fault.exitCode === 0 ? 0 : 2));
  return config;
}

type Options = { readonly config?: string; readonly set?: readonly string[] };
type ShowOptions = Options & { readonly json?: true; readonly reference?: true };

function show(command: Command, options: ShowOptions): void {
  if (options.reference === true) return say(command, configReference());
  const loaded = load(options);
  if (!loaded.ok) return fail(command, loaded.error);
  const { digest, record, sources } = loaded.value;
  if (options.json === true) return say(command, `${JSON.stringify({ digest, settings: record, sources }, undefined, 2)}\n`);
  const rows = Object.entries(record).map(([key, value]) => [key, value === "" ? "-" : String(value), sources[key] ?? ""]);
  say(command, columns([["key", "value", "source"], ...rows]) + `\ndigest ${digest}\n`);
}

function check(command: Command, options: Options): void {
  const loaded = load(options);
  if (loaded.ok) say(command, `ok ${loaded.value.digest}\n`);
  else fail(command, loaded.error);
}

function load({ config, set = [] }: Options): Result<Loaded, readonly ConfigFault[]> {
  const file = readConfigFile(config);
  const loaded = loadConfig({ file: file.ok ? file.value : undefined, env: process.env, set });
  if (file.ok) return loaded;
  return err([...file.error, ...(loaded.ok ? [] : loaded.error)]);
}

function columns(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => (row[column] ?? "").length)));
  return rows
    .map(
      (row) =>
        `${row
          .map((cell, column) => cell.padEnd(widths[column] ?? 0))
          .join("  ")
          .trimEnd()}\n`,
    )
    .join("");
}

const say = (command: Command, text: string): void => command.configureOutput().writeOut?.(text);

function fail(command: Command, faults: readonly ConfigFault[]): void {
  command.configureOutput().writeErr?.(faults.map((fault) => `${settingLine(fault)}\n`).join(""));
  process.exitCode = faults.every(({ where }) => where.startsWith("--set")) ? 2 : 1;
}
