import { readFile, stat } from "node:fs/promises";
import { gunzipSync, constants } from "node:zlib";
import type { DuckDBConnection } from "@duckdb/node-api";
import { err, ok, type Result } from "../../words/result.ts";
import type { FilePlan } from "./file-plan.ts";
import type { FileTable } from "./file-table.ts";
import { readCsv } from "./formats/csv.ts";
import { readJson } from "./formats/freqtrade-json.ts";
import { readZip } from "./formats/lean-zip.ts";
import { readParquet } from "./formats/parquet.ts";
import { withUnpacked } from "./unpacked-file.ts";
import { isMissing } from "./instrument-book.ts";
import type { FileFault } from "./row-fault.ts";

const unpackedBytesMax = 2 ** 31 - 1;
/** A file of a month unpacks in a few pieces of this size instead of some hundred of the usual 16 KiB. */
const chunkSize = 1 << 20;

/** Reads one planned file to a table. `lenient` keeps the whole lines of a truncated gzip; anything else damaged is a fault. */
export async function readHistoryFile(
  connection: DuckDBConnection,
  plan: FilePlan,
  lenient: boolean,
): Promise<Result<FileTable, FileFault>> {
  const bytes = await bytesOf(plan.path);
  if (!bytes.ok) return bytes;
  const unpacked = plan.gzipped ? gunzip(bytes.value) : ok({ bytes: bytes.value, cutOff: false });
  if (!unpacked.ok) return unpacked;
  const { bytes: plain, cutOff } = unpacked.value;
  if (cutOff && (!lenient || plan.format !== "csv")) {
    const line = plain.reduce((count, byte) => (byte === 10 ? count + 1 : count), 1);
    return err({ code: "truncated_archive", line, detail: "the gzip archive ends early; fetch it again" });
  }
  if (plain.length === 0) return err({ code: "empty_file", detail: "no bytes" });
  switch (plan.format) {
    case "csv":
      return readCsv(plain, plan.read, cutOff);
    case "json":
      return readJson(plain, plan.read);
    case "feather": {
      // Arrow takes longer to load than most files take to read.
      const { readFeather } = await import("./formats/feather.ts");
      return readFeather(plain, plan.read);
    }
    case "zip": {
      const entry = readZip(plain);
      return entry.ok ? readCsv(entry.value, plan.read, false) : entry;
    }
    case "parquet":
      return plan.gzipped
        ? withUnpacked(plain, (path) => readParquet(connection, path, plan.read))
        : readParquet(connection, plan.path, plan.read);
  }
}

async function bytesOf(path: string): Promise<Result<Uint8Array, FileFault>> {
  try {
    if ((await stat(path)).isDirectory()) return err({ code: "not_found", detail: "is a folder; name the files in it" });
    return ok(await readFile(path));
  } catch (cause) {
    if (isMissing(cause)) return err({ code: "not_found", detail: "there is no such file" });
    return err({ code: "unreadable", detail: cause instanceof Error ? cause.message : String(cause) });
  }
}

function gunzip(bytes: Uint8Array): Result<{ readonly bytes: Uint8Array; readonly cutOff: boolean }, FileFault> {
  if (bytes.length === 0) return err({ code: "empty_file", detail: "no bytes" });
  try {
    return ok({ bytes: gunzipSync(bytes, { chunkSize, maxOutputLength: unpackedBytesMax }), cutOff: false });
  } catch (cause) {
    if (!(cause instanceof Error && "code" in cause && cause.code === "Z_BUF_ERROR"))
      return err({
        code: "bad_archive",
        detail: `not a sound gzip archive (${cause instanceof Error ? cause.message : String(cause)}); fetch it again`,
      });
  }
  return ok({ bytes: gunzipSync(bytes, { finishFlush: constants.Z_SYNC_FLUSH, maxOutputLength: unpackedBytesMax }), cutOff: true });
}
