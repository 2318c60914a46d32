import type { FileRows } from "./file-rows.ts";
import type { RowFault } from "./row-fault.ts";

const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;

/** The reject file: where the row was, which rule it broke and how, and the row as it stood. */
export function rejectText({ table, faultyRows }: FileRows, faults: readonly RowFault[]): string {
  const lines = faults.map(
    ({ line, rule, detail }, index) => `${line},${rule},${quoted(detail)},${quoted(table.textOf(faultyRows[index] ?? 0))}`,
  );
  return `${table.countsBy},rule,detail,text\n${lines.join("\n")}\n`;
}
