import type { DuckDBConnection } from "@duckdb/node-api";
import { err, type Result } from "../../../words/result.ts";
import type { FileTable, ReadAsk } from "../file-table.ts";
import { fieldsOf } from "../header.ts";
import type { FileFault } from "../row-fault.ts";
import { sqlText } from "../sql-text.ts";
import { tableOfCells } from "./cells.ts";

/** Any Parquet file with columns that a CSV header could name; timestamps count as UTC. */
export async function readParquet(connection: DuckDBConnection, path: string, ask: ReadAsk): Promise<Result<FileTable, FileFault>> {
  let names: readonly string[];
  let columns: readonly (readonly unknown[])[];
  let unitIsMs = false;
  try {
    const described = await connection.runAndReadAll(`DESCRIBE SELECT * FROM read_parquet(${sqlText(path)})`);
    const [columnNames = [], types = []] = described.getColumns();
    names = columnNames.map(String);
    const fields = fieldsOf(names, ask.kind);
    if (!fields.ok) return fields;
    const timeType = String(types[fields.value.time]);
    unitIsMs = timeType.startsWith("TIMESTAMP") || timeType === "DATE";
    const select = names.map((name, index) => {
      const quoted = `"${name.replaceAll('"', '""')}"`;
      return index === fields.value.time && unitIsMs ? `epoch_ms(${quoted})::VARCHAR` : `${quoted}::VARCHAR`;
    });
    const read = await connection.runAndReadAll(
      `SELECT ${select.join(", ")} FROM read_parquet(${sqlText(path)}, file_row_number = true) ORDER BY file_row_number`,
    );
    columns = read.getColumns();
  } catch (cause) {
    return err({
      code: "bad_shape",
      detail: `not a Parquet file: ${(cause instanceof Error ? cause.message : String(cause)).split("\n")[0]}`,
    });
  }
  const fields = fieldsOf(names, ask.kind);
  if (!fields.ok) return fields;
  const cellsOf = (row: number): string[] => columns.map((column) => (typeof column[row] === "string" ? column[row] : ""));
  return tableOfCells(
    columns[0]?.length ?? 0,
    cellsOf,
    names.length,
    { ...fields.value, unitIsMs: fields.value.unitIsMs || unitIsMs },
    ask,
  );
}
