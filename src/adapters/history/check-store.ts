import { parseInstrumentId } from "../../words/ids.ts";
import { err, ok, type Result } from "../../words/result.ts";
import type { HistoryFault } from "../../ports/history.ts";
import { bookPath, readBook } from "./instrument-book.ts";
import { readStored } from "./read-stored.ts";
import { qualityReport, type QualityReport } from "./quality-report.ts";
import { readFacts, readSeries, withDuck } from "./series-file.ts";
import { seriesFiles } from "./store-layout.ts";

/** Reads every stored row of the named assets (symbols or ids; all when none is named) and reports what is missing or odd. */
export async function checkStore(store: string, assets: readonly string[]): Promise<Result<readonly QualityReport[], HistoryFault>> {
  const book = await readBook(store);
  if (!book.ok) return err({ code: "unreadable_store", path: bookPath(store), reason: book.error });
  const entries = [...book.value.values()].map(({ instrument }) => instrument);
  const unknown = assets.find((asset) => !entries.some(({ id, symbol }) => id === asset || symbol === asset));
  if (unknown !== undefined) return err({ code: "unknown_asset", asset: unknown, known: [...book.value.keys()] });
  return withDuck(async (connection) => {
    const reports: QualityReport[] = [];
    for (const path of await seriesFiles(store)) {
      const facts = await readStored(path, () => readFacts(connection, path));
      if (!facts.ok) return facts;
      const { id, kind, interval } = facts.value;
      const instrument = entries.find((entry) => entry.id === id);
      if (instrument === undefined || !parseInstrumentId(id).ok)
        return err({ code: "unreadable_store", path: bookPath(store), reason: `has no asset ${id}` });
      if (assets.length > 0 && !assets.includes(id) && !assets.includes(instrument.symbol)) continue;
      const series = await readStored(path, () => readSeries(connection, path));
      if (!series.ok) return series;
      reports.push(
        qualityReport({ id, kind, interval, sessions: instrument.calendar === "xnys" }, series.value.atMs, series.value.columns),
      );
    }
    return ok(reports);
  });
}
