import { err, ok, type Result } from "../../words/result.ts";
import type { ChainFileFault } from "./chain-file-fault.ts";

export type CsvRow = { readonly line: number; readonly cells: Readonly<Record<string, string>> };

/** The rows of a plain CSV text by the names of its header; of a name that comes twice the first counts. Quoted cells are not read. */
export function csvRows(text: string, columns: readonly string[]): Result<readonly CsvRow[], ChainFileFault> {
  const lines = text.replace(/^\uFEFF/, "").split(/\r?\n/);
  const header = (lines[0] ?? "").split(",").map((name) => name.trim());
  const absent = columns.find((name) => !header.includes(name));
  if (absent !== undefined) return err({ code: "missing_column", column: absent });
  const rows = lines.slice(1).flatMap((line, at): CsvRow[] => {
    if (line.trim() === "") return [];
    const texts = line.split(",");
    return [{ line: at + 2, cells: Object.fromEntries(columns.map((name) => [name, (texts[header.indexOf(name)] ?? "").trim()])) }];
  });
  return rows.length === 0 ? err({ code: "no_rows" }) : ok(rows);
}
