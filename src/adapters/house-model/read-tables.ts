/** The question's tables as rows by column name: a header line names the table and its columns, the lines below fill them. */
export type Tables = Readonly<Record<string, readonly Readonly<Record<string, string>>[]>>;

const header = /^([A-Z_]+) ([a-z_]+(?:,[a-z_]+)+)(?: .*)?$/;

/** Cells beyond the named columns are kept under their own names when they are `name=value`. */
export function readTables(text: string): Tables {
  const tables: Record<string, Record<string, string>[]> = {};
  let rows: Record<string, string>[] = [];
  let columns: readonly string[] = [];
  for (const line of text.split("\n")) {
    const found = header.exec(line);
    if (found !== null) {
      columns = (found[2] ?? "").split(",");
      rows = [];
      tables[found[1] ?? ""] = rows;
      continue;
    }
    const row: Record<string, string> = {};
    line.split(",").forEach((cell, at) => {
      const named = /^([A-Za-z0-9_.]+)=(.*)$/.exec(cell);
      if (named === null) row[columns[at] ?? `column${at}`] = cell;
      else row[named[1] ?? ""] = named[2] ?? "";
    });
    rows.push(row);
  }
  return tables;
}
