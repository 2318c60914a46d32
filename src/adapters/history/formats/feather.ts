import { zstdDecompressSync } from "node:zlib";
import { compressionRegistry, CompressionType, DataType, tableFromIPC, type Table } from "apache-arrow";
import { decompress } from "lz4js";
import { err, type Result } from "../../../words/result.ts";
import type { FileTable, ReadAsk } from "../file-table.ts";
import { fieldsOf } from "../header.ts";
import type { FileFault } from "../row-fault.ts";
import { tableOfCells } from "./cells.ts";

/**
 * Feather (Arrow IPC), as freqtrade writes it. Its prices are doubles: each is read as the shortest decimal that names that
 * double, which is what was written for up to 15 digits.
 */
export function readFeather(bytes: Uint8Array, ask: ReadAsk): Result<FileTable, FileFault> {
  compressionRegistry.set(CompressionType.ZSTD, { decode: (data) => new Uint8Array(zstdDecompressSync(data)) });
  compressionRegistry.set(CompressionType.LZ4_FRAME, { decode: (data) => decompress(data) });
  let table: Table;
  try {
    table = tableFromIPC(bytes);
  } catch (cause) {
    return err(arrowFault(cause instanceof Error ? cause.message : String(cause)));
  }
  const header = table.schema.fields.map((field) => field.name);
  const fields = fieldsOf(header, ask.kind);
  if (!fields.ok) return fields;
  const timeIsStamp =
    DataType.isTimestamp(table.schema.fields[fields.value.time]?.type) || DataType.isDate(table.schema.fields[fields.value.time]?.type);
  const columns = header.map((_, index) => table.getChildAt(index));
  const cellsOf = (row: number): string[] => columns.map((column) => cellText(column?.get(row)));
  // Arrow's stamps come out as milliseconds, whatever unit they were stored in.
  return tableOfCells(table.numRows, cellsOf, header.length, { ...fields.value, unitIsMs: fields.value.unitIsMs || timeIsStamp }, ask);
}

function cellText(value: unknown): string {
  if (value === null || value === undefined) return "";
  return typeof value === "number" || typeof value === "bigint" || typeof value === "string" ? String(value) : typeof value;
}

const arrowFault = (message: string): FileFault => ({
  code: "bad_shape",
  detail: `not a feather (Arrow IPC) file that can be read: ${message}`,
});
