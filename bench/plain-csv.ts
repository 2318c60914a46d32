import { readFile } from "node:fs/promises";
import { gunzipSync } from "node:zlib";

export type PlainColumns = { readonly rows: number; readonly columns: readonly Float64Array[] };

/**
 * The least that a reader of these files could do: gunzip, then one pass over the bytes that turns digits into doubles. It believes the
 * file: no header, no rule, no line numbers, no exact decimals.
 */
export async function plainCsv(path: string): Promise<PlainColumns> {
  const bytes = gunzipSync(await readFile(path));
  let at = bytes.indexOf(10) + 1;
  const capacity = Math.ceil((bytes.length - at) / 24);
  const columns = Array.from({ length: 6 }, () => new Float64Array(capacity));
  let rows = 0;
  for (; at < bytes.length; rows++) {
    for (const column of columns) {
      let value = 0;
      let scale = 0;
      let byte = bytes[at++]!;
      while (byte !== 44 && byte !== 10) {
        if (byte === 46) scale = 1;
        else {
          value = value * 10 + (byte - 48);
          scale *= 10;
        }
        byte = bytes[at++]!;
      }
      column[rows] = scale > 1 ? value / scale : value;
    }
  }
  return { rows, columns: columns.map((column) => column.subarray(0, rows)) };
}
