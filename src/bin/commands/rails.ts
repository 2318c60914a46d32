import { Command } from "commander";
import type { Limits } from "../../flow/rails/limits.ts";
import { rails } from "../../flow/rails/rails.ts";
import { formatExact } from "../../words/exact.ts";

/** `countersign rails`: the list in order, with the values of `limits` where a configuration is known; `write` receives the text. */
export function railsCommand(limits?: Limits, write: (text: string) => void = (text) => void process.stdout.write(text)): Command {
  return new Command("rails")
    .description("show the rails in the order in which they are judged")
    .option("--json", "as JSON, for programs")
    .addHelpText("after", "\nExample:\n  countersign rails --json\n")
    .action((options: { json?: true }) => {
      write(options.json === true ? asJson(limits) : asTable(limits));
    });
}

function asJson(limits: Limits | undefined): string {
  const list = rails.map(({ code, title, judges, compares, limits: keys, refuses, against }, index) => ({
    order: index + 1,
    code,
    title,
    judges,
    compares,
    limits: limits === undefined ? keys : Object.fromEntries(keys.map((key) => [key, shown(limits[key])])),
    refuses,
    against,
  }));
  return `${JSON.stringify(list, undefined, 2)}\n`;
}

function asTable(limits: Limits | undefined): string {
  const head = ["", "rail", "judges", "limits", "stands against"];
  const rows = rails.map((rail, index) => [
    String(index + 1),
    rail.code,
    rail.judges,
    rail.limits.map((key) => (limits === undefined ? key : `${key} ${shown(limits[key])}`)).join(", ") || "-",
    rail.against,
  ]);
  const widths = head.map((word, column) => Math.max(word.length, ...rows.map((row) => (row[column] ?? "").length)));
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join("  ")
      .trimEnd();
  return `${[head, ...rows].map(line).join("\n")}\n`;
}

/** Money as a decimal, a list by its length: thousands of instruments may be allowed. */
function shown(value: Limits[keyof Limits]): string | number | boolean {
  if (value === undefined) return "absent";
  if (typeof value === "bigint") return formatExact(value);
  return typeof value !== "object" ? value : "name" in value ? value.name : `${value.length} instruments`;
}
