const daysMax = 8;

/**
 * Rows of a file whose header has a column of dividends come in; a note that says which days they are on goes out, since a store holds
 * prices alone and a desk counts what its configuration names. Plain cells are enough: whoever writes this column quotes nothing.
 */
export function dividendNote(header: readonly string[], timeColumn: number, delimiter: string, rows: Uint8Array): readonly string[] {
  const column = header.findIndex((word) => /^dividends?$/i.test(word.trim()));
  if (column === -1) return [];
  const paid = new Set<string>();
  for (const line of new TextDecoder().decode(rows).split("\n")) {
    const cells = line.split(delimiter);
    const amount = cells[column]?.trim() ?? "";
    const [day = ""] = /^\d{4}-\d\d-\d\d/.exec(cells[timeColumn]?.trim() ?? "") ?? [];
    if (day !== "" && /^\d+(?:\.\d+)?$/.test(amount) && /[1-9]/.test(amount)) paid.add(`${day}=${amount}`);
  }
  if (paid.size === 0) return [];
  const days = [...paid].slice(0, daysMax).join(", ") + (paid.size > daysMax ? ` and ${paid.size - daysMax} more` : "");
  return [`dividends are not stored; a desk counts those that its configuration names, such as council.dividends: ${days}`];
}
