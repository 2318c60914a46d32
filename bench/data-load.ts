import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { planFile } from "../src/adapters/history/file-plan.ts";
import { readFileRows, type FileRows } from "../src/adapters/history/file-rows.ts";
import { importFiles } from "../src/adapters/history/import-files.ts";
import { mergeGroups, type MergedGroup } from "../src/adapters/history/merge-groups.ts";
import { parquetHistory } from "../src/adapters/history/parquet-history.ts";
import { qualityReport } from "../src/adapters/history/quality-report.ts";
import { withDuck } from "../src/adapters/history/series-file.ts";
import type { AssetHistory } from "../src/flow/market/bars.ts";
import { invariant } from "../src/words/invariant.ts";
import { row } from "./paired.ts";
import { pairedSoon } from "./paired-soon.ts";
import { perpsFolder, perpsThere } from "./perps-data.ts";
import { plainCsv, type PlainColumns } from "./plain-csv.ts";

/**
 * Eight gzip files of real one-minute candles to exact columns, with every row rule and the quality report, against gunzip and a plain
 * byte parser; and the load of a second backtest, which the column caches serve, against reading the bytes of those caches.
 */
const symbols = ["BTC", "ETH", "BNB", "XRP", "ADA", "LTC", "LINK", "BCH"].map((base) => `${base}USDT`);
const files = symbols.map((symbol) => join(perpsFolder, `${symbol}-1m-futures.csv.gz`));

if (perpsThere) {
  const store = await mkdtemp(join(tmpdir(), "countersign-bench-"));
  try {
    await compare(store);
  } finally {
    await rm(store, { recursive: true });
  }
} else console.log(`data load: skipped, there is no data at ${perpsFolder} (PERPS_DATA names another folder)`);

async function compare(store: string): Promise<void> {
  const plain = await plainFiles();
  const rows = plain.reduce((sum, file) => sum + file.rows, 0);
  const read = await pairedSoon(
    {
      run: () => ourColumns(store),
      check: (groups) => groups.forEach((group, index) => checkColumns(group, plain[index]!)),
    },
    {
      run: plainFiles,
      check: (again) =>
        invariant(
          again.every((file, index) => file.rows === plain[index]!.rows),
          "the plain parser repeats itself",
        ),
    },
    rows,
  );
  console.log(`${rows.toLocaleString("en-US")} rows of ${files.length} files`);
  console.log(row("gz CSV to columns, ns a row", read));

  const imported = await timed("import into the store", () => importFiles({ store, files, flags: {}, lenient: false, sort: false }));
  invariant(imported.status === "imported", "the files keep every rule");
  const first = await timed("first load, from Parquet", () => load(store));
  const caches = symbols.map((symbol) => join(store, `${symbol}.PERP`, "ohlcv-1m.columns"));
  const loaded = await pairedSoon(
    {
      run: () => load(store),
      check: (again) => again.forEach(({ bars }, index) => checkBars(bars.close, first[index]!.bars.close)),
    },
    {
      run: async () => {
        let bytes = 0;
        for (const path of caches) bytes += (await readFile(path)).length;
        return bytes;
      },
      check: (bytes) => invariant(bytes > rows * 48, "six columns of doubles"),
    },
    rows,
  );
  console.log(row("load from the column caches, ns a row", loaded));
}

async function plainFiles(): Promise<readonly PlainColumns[]> {
  const read = [];
  for (const path of files) read.push(await plainCsv(path));
  return read;
}

/** What an import does before it writes: read, check, merge with the (empty) store and report. */
function ourColumns(store: string): Promise<readonly MergedGroup[]> {
  return withDuck(async (connection) => {
    const read: FileRows[] = [];
    for (const path of files) {
      const plan = planFile(path, {});
      invariant(plan.ok, "the name tells what the file is");
      const file = await readFileRows(connection, plan.value, { lenient: false, sort: false, flags: {} });
      invariant(file.ok && file.value.outcome.rowFaults.length === 0, "the file keeps every rule");
      read.push(file.value);
    }
    const merged = await mergeGroups(connection, store, read);
    invariant(merged.ok, "the store is empty");
    for (const group of merged.value) qualityReport({ ...group, sessions: false }, group.atMs, group.columns);
    return merged.value;
  });
}

async function load(store: string): Promise<readonly AssetHistory[]> {
  const loaded = await parquetHistory(store).load({ assets: symbols, interval: "1m" });
  invariant(loaded.ok, "the store holds what was imported");
  return loaded.value;
}

/** A cell is a whole number over a power of ten, and one division of it rounds as the plain parser's does. */
function checkColumns({ atMs, columns }: MergedGroup, plain: PlainColumns): void {
  checkBars(atMs, plain.columns[0]!);
  columns.forEach(({ decimals, values }, field) => {
    const expected = plain.columns[field + 1]!;
    for (let at = 0; at < expected.length; at += 101)
      invariant(Math.abs(Number(values[at]) / 10 ** decimals - expected[at]!) <= 1e-12 * expected[at]!, `row ${at} is that of the file`);
  });
}

function checkBars(values: Float64Array, expected: Float64Array): void {
  invariant(values.length === expected.length, `${values.length} rows of ${expected.length}`);
  for (let at = 0; at < values.length; at += 101) invariant(values[at] === expected[at], `row ${at} is as before`);
}

async function timed<Value>(what: string, run: () => Promise<Value>): Promise<Value> {
  const started = performance.now();
  const value = await run();
  console.log(`${what}: ${Math.round(performance.now() - started)} ms`);
  return value;
}
