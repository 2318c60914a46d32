/** The question's tables as rows by column name: a header line names the table and its columns, the lines below fill them. */
export type Tables = Readonly<Record<string, readonly Readonly<Record<string, string>>[]>>;

/** `ASSETS symbol,last` or, where there is one for each interval, `FRAME 1h symbol,rsi14,closes`. */
const header = /^([A-Z_]+(?: \d+[a-z]+)?) ([A-Za-z0-9_.]+(?:,[A-Za-z0-9_.]+)+)$/;

/** Two tables of one name, such as two frames that came out at one interval, are told apart by a number after the second. */
export function readTables(text: string): Tables {
  const tables: Record<string, Record<string, string>[]> = {};
  let rows: Record<string, string>[] = [];
  let columns: readonly string[] = [];
  for (const line of text.split("\n")) {
    const found = header.exec(line);
    if (found !== null) {
      const [, name = "", named = ""] = found;
      columns = named.split(",");
      rows = [];
      let free = name;
      for (let n = 2; free in tables; n++) free = `${name} ${n}`;
      tables[free] = rows;
      continue;
    }
    const cells = line.split(",");
    rows.push(Object.fromEntries(cells.map((cell, at) => [columns[at] ?? `column${at}`, cell])));
  }
  return tables;
}
