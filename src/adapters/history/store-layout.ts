import { readdir, rename, mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { HistoryKind } from "../../ports/history.ts";
import type { Interval } from "../../words/interval.ts";
import { isMissing } from "./instrument-book.ts";

/** `STORE/BTCUSDT.PERP/ohlcv-1m.parquet`. */
export const seriesPath = (store: string, id: string, kind: HistoryKind, interval: Interval): string =>
  join(store, id, `${kind}-${interval}.parquet`);

/** Beside the series, `ohlcv-1m.columns`: its columns ready for use, which may be deleted at any time. */
export const cachePath = (series: string): string => series.replace(/\.parquet$/, ".columns");

export const rejectsPath = (store: string, name: string): string => join(store, "rejects", `${name}.csv`);

/** Every series file of one asset, or of the whole store. */
export async function seriesFiles(store: string, id?: string): Promise<readonly string[]> {
  if (id !== undefined) return (await namesIn(join(store, id))).filter(isSeries).map((name) => join(store, id, name));
  const folders = await namesIn(store);
  const lists = await Promise.all(
    folders.filter((name) => name !== "rejects" && !name.endsWith(".json")).map((name) => seriesFiles(store, name)),
  );
  return lists.flat();
}

const isSeries = (name: string): boolean => name.endsWith(".parquet") && !name.startsWith(".");

async function namesIn(folder: string): Promise<readonly string[]> {
  try {
    return (await readdir(folder)).sort();
  } catch (cause) {
    if (isMissing(cause) || (cause instanceof Error && "code" in cause && cause.code === "ENOTDIR")) return [];
    throw cause;
  }
}

/** Written beside its target, on the same disk, so that the rename is one step: readers see the old file or the new one. */
export async function besidePath(path: string): Promise<string> {
  await mkdir(dirname(path), { recursive: true });
  return join(dirname(path), `.${process.pid}.${path.slice(dirname(path).length + 1)}.tmp`);
}

export async function replaceFile(path: string, content: string | Uint8Array): Promise<void> {
  const beside = await besidePath(path);
  await writeFile(beside, content);
  await rename(beside, path);
}
