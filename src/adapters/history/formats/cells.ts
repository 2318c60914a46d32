import { err, ok, type Result } from "../../../words/result.ts";
import { FileTableBuilder, type FileTable, type ReadAsk } from "../file-table.ts";
import { noVolumeNote, type Fields } from "../header.ts";
import type { FileFault } from "../row-fault.ts";

/** A table from cells that are text already; `rows` may be read twice, the second time only for rejects. */
export function tableOfCells(
  rowCount: number,
  cellsOf: (row: number) => readonly string[],
  width: number,
  fields: Fields,
  ask: ReadAsk,
): Result<FileTable, FileFault> {
  if (rowCount === 0) return err({ code: "empty_file", detail: "no rows" });
  const stamps = fields.unitIsMs && ask.stamps.unit === "auto" ? { ...ask.stamps, unit: "ms" as const } : ask.stamps;
  const builder = new FileTableBuilder({ ...ask, stamps }, rowCount);
  for (let row = 0; row < rowCount; row++) {
    builder.startRow(row + 1);
    const cells = cellsOf(row);
    if (cells.length < width) {
      builder.fault("missing_cells", `${cells.length} cells of ${width}`);
      continue;
    }
    builder.stampText(cells[fields.time] ?? "");
    fields.values.forEach((column, field) => {
      if (column !== -1) builder.numberText(field, cells[column] ?? "");
    });
    if (fields.symbol !== -1) builder.symbol(cells[fields.symbol] ?? "");
  }
  return ok(builder.finish("row", (row) => cellsOf(row).join(","), fields.values.includes(-1) ? [noVolumeNote] : []));
}
