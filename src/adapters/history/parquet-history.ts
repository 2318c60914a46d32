import type { DuckDBConnection } from "@duckdb/node-api";
import { checkInstrument } from "../../words/instrument.ts";
import type { AssetHistory } from "../../flow/market/bars.ts";
import type { AssetSummary, History, HistoryAsk, HistoryFault } from "../../ports/history.ts";
import { parseInstrumentId } from "../../words/ids.ts";
import { err, ok, type Result } from "../../words/result.ts";
import { bookPath, readBook, type BookEntry, type InstrumentBook } from "./instrument-book.ts";
import { loadAsset } from "./load-asset.ts";
import { readStored } from "./read-stored.ts";
import { readFacts, withDuck, withDuckOnDemand, type Connect } from "./series-file.ts";
import { seriesFiles } from "./store-layout.ts";

/** History over a folder of Parquet files that `countersign data import` filled. Each call reads the disk anew. */
export const parquetHistory = (store: string): History => ({
  assets: () => withDuck((connection) => summaries(connection, store)),
  load: (ask) => withDuckOnDemand((connect) => load(connect, store, ask)),
});

async function summaries(connection: DuckDBConnection, store: string): Promise<Result<readonly AssetSummary[], HistoryFault>> {
  const book = await readBook(store);
  if (!book.ok) return err({ code: "unreadable_store", path: bookPath(store), reason: book.error });
  const found: AssetSummary[] = [];
  for (const path of await seriesFiles(store)) {
    const read = await readStored(path, () => readFacts(connection, path));
    if (!read.ok) return read;
    const { id, kind, interval, rows, firstMs, lastMs, gaps, missing, sources } = read.value;
    const entry = book.value.get(id);
    const parsed = parseInstrumentId(id);
    if (entry === undefined || !parsed.ok)
      return err({ code: "unreadable_store", path: bookPath(store), reason: `has no asset ${id}, whose rows are in ${path}` });
    const { symbol } = entry.instrument;
    found.push({ id: parsed.value, symbol, kind, interval, rows, firstMs, lastMs, gaps, missing, sources });
  }
  return ok(found);
}

async function load(connect: Connect, store: string, ask: HistoryAsk): Promise<Result<readonly AssetHistory[], HistoryFault>> {
  const book = await readBook(store);
  if (!book.ok) return err({ code: "unreadable_store", path: bookPath(store), reason: book.error });
  const loaded: AssetHistory[] = [];
  for (const asset of ask.assets) {
    const entry = entryNamed(book.value, asset);
    if (!entry.ok) return entry;
    const checked = checkInstrument(entry.value.instrument);
    if (!checked.ok) return err({ code: "bad_instrument", asset, rule: checked.error.rule });
    const one = await loadAsset(connect, store, asset, checked.value, ask);
    if (!one.ok) return one;
    loaded.push(one.value);
  }
  return ok(loaded);
}

function entryNamed(book: InstrumentBook, asset: string): Result<BookEntry, HistoryFault> {
  const byId = book.get(asset);
  if (byId !== undefined) return ok(byId);
  const bySymbol = [...book.values()].filter(({ instrument }) => instrument.symbol === asset);
  const [only, second] = bySymbol;
  if (only === undefined) return err({ code: "unknown_asset", asset, known: [...book.keys()] });
  return second === undefined ? ok(only) : err({ code: "ambiguous_asset", asset, ids: bySymbol.map(({ instrument }) => instrument.id) });
}
