import { stripVTControlCharacters } from "node:util";

/** Colours take no room on the screen. */
const widthOf = (cell: string): number => stripVTControlCharacters(cell).length;

/** Rows as aligned columns; numbers to the right where `right` says so. A row's last cell needs no room behind it. */
export function columns(rows: readonly (readonly string[])[], right: readonly number[] = []): string {
  const widths: number[] = [];
  for (const row of rows)
    row.forEach((cell, at) => {
      if (at < row.length - 1 || right.includes(at)) widths[at] = Math.max(widths[at] ?? 0, widthOf(cell));
    });
  const padded = (cell: string, at: number): string => {
    const room = " ".repeat(Math.max(0, (widths[at] ?? 0) - widthOf(cell)));
    return right.includes(at) ? room + cell : cell + room;
  };
  return rows.map((row) => `${row.map(padded).join("  ").trimEnd()}\n`).join("");
}

/** A list as lines of at most `width` characters; no entry is cut. */
export function wrapped(entries: readonly string[], width: number): readonly string[] {
  const lines: string[] = [];
  let line = "";
  for (const entry of entries) {
    const longer = line === "" ? entry : `${line}, ${entry}`;
    if (longer.length > width && line !== "") {
      lines.push(`${line},`);
      line = entry;
    } else line = longer;
  }
  return line === "" ? lines : [...lines, line];
}
