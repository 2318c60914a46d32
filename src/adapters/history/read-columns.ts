import { hash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { readCache, writeCache, type CachedSeries } from "./column-cache.ts";
import { readSeries, type Connect } from "./series-file.ts";
import { cachePath } from "./store-layout.ts";

/**
 * All rows of a stored series: from its cache where there is one of just this file, else from the file, and then the cache is written.
 * A cache is never needed: one that is missing, stale or damaged costs time, and one that cannot be written is done without.
 */
export async function readColumns(connect: Connect, path: string): Promise<CachedSeries> {
  const source = await digestOf(path);
  const cache = cachePath(path);
  const cached = await readCache(cache, source);
  if (cached !== undefined) return cached;
  const series = await readSeries(await connect(), path);
  // An import may have replaced the file meanwhile: what was read is then sound, and not known to be of either file.
  if ((await digestOf(path)) === source) await writeCache(cache, source, series);
  return series;
}

const digestOf = async (path: string): Promise<string> => hash("sha256", await readFile(path), "hex");
