import { z } from "zod";
import { err, type Result } from "../../../words/result.ts";
import type { FileTable, ReadAsk } from "../file-table.ts";
import { fieldsByPosition, fieldsOf } from "../header.ts";
import type { FileFault } from "../row-fault.ts";
import { tableOfCells } from "./cells.ts";

const cell = z.union([z.string(), z.boolean(), z.null()]).transform((value) => (value === null ? "" : String(value)));
const Arrays = z.array(z.array(cell)).min(1);
const Objects = z.array(z.record(z.string(), cell)).min(1);

/** Freqtrade's array of `[ms, open, high, low, close, volume]`, or an array of objects whose keys are header words. */
export function readJson(bytes: Uint8Array, ask: ReadAsk): Result<FileTable, FileFault> {
  let parsed: unknown;
  try {
    parsed = JSON.parse(new TextDecoder().decode(bytes), asWritten);
  } catch (cause) {
    return err({ code: "bad_shape", detail: `not JSON: ${cause instanceof Error ? cause.message : String(cause)}` });
  }
  if (Array.isArray(parsed) && parsed.length === 0) return err({ code: "empty_file", detail: "an empty array" });
  const arrays = Arrays.safeParse(parsed);
  if (arrays.success) {
    const rows = arrays.data;
    const width = rows[0]?.length ?? 0;
    const fields = fieldsByPosition(width, ask.kind);
    return fields.ok ? tableOfCells(rows.length, (row) => rows[row] ?? [], width, fields.value, ask) : fields;
  }
  const objects = Objects.safeParse(parsed);
  if (!objects.success)
    return err({ code: "bad_shape", detail: "JSON history is an array of arrays of numbers, or an array of flat objects" });
  const rows = objects.data;
  const header = Object.keys(rows[0] ?? {});
  const fields = fieldsOf(header, ask.kind);
  if (!fields.ok) return fields;
  return tableOfCells(rows.length, (row) => header.map((key) => rows[row]?.[key] ?? ""), header.length, fields.value, ask);
}

/** Numbers stay the text they were written as, so that no digit passes through a double. */
function asWritten(_key: string, value: unknown, context?: { readonly source?: string }): unknown {
  return typeof value === "number" && context?.source !== undefined ? context.source : value;
}
