import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** DuckDB reads Parquet from files only: `use` gets the bytes as one, which is gone afterwards. */
export async function withUnpacked<Value>(bytes: Uint8Array, use: (path: string) => Promise<Value>): Promise<Value> {
  const folder = await mkdtemp(join(tmpdir(), "countersign-"));
  try {
    const path = join(folder, "unpacked.parquet");
    await writeFile(path, bytes);
    return await use(path);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
