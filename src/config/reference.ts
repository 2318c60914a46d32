import { leavesOf } from "./key-tree.ts";
import { envKeys } from "./read-pairs.ts";
import { relations } from "./relations.ts";

/** Every key with its default, unit, bounds and meaning, then what must hold between them, as Markdown. */
export function configReference(): string {
  const rows = leavesOf().map(([key, { normal, required, unit, bounds, meaning }]) => [
    `\`${key}\``,
    normal === undefined ? (required ? "must be said" : "absent") : normal === "" ? "none" : String(normal),
    unit,
    bounds,
    meaning,
  ]);
  const table = aligned([["Key", "Default", "Unit", "Bounds", "Meaning"], ...rows]);
  const names = Object.entries(envKeys).map(([name, key]) => `- \`${name}\` sets \`${key}\`.`);
  const rules = relations.map(({ rule }) => `- ${rule}.`);
  return `${[table, "", "Environment:", "", ...names, "", "Between keys:", "", ...rules].join("\n")}\n`;
}

function aligned([head = [], ...rows]: readonly (readonly string[])[]): string {
  const widths = head.map((_, column) => Math.max(...[head, ...rows].map((row) => (row[column] ?? "").length)));
  const line = (row: readonly string[]): string => `| ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(" | ")} |`;
  return [line(head), line(widths.map((width) => "-".repeat(width))), ...rows.map(line)].join("\n");
}
