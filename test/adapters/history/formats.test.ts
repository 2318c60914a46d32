import { DuckDBInstance } from "@duckdb/node-api";
import { compressionRegistry, CompressionType, RecordBatchFileWriter, tableFromArrays, tableToIPC } from "apache-arrow";
import { zipSync } from "fflate";
import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync, zstdCompressSync } from "node:zlib";
import { compress } from "lz4js";
import { describe, expect, it } from "vitest";
import { parquetHistory } from "../../../src/adapters/history/parquet-history.ts";
import type { FileFlags } from "../../../src/adapters/history/file-plan.ts";
import type { AssetHistory } from "../../../src/flow/market/bars.ts";
import type { Interval } from "../../../src/words/interval.ts";
import { aFile, faultsOf, freshFolder, importInto } from "./history-files.ts";

const text = new TextEncoder();

async function loadedFrom(path: string, folder: string, flags: FileFlags, interval: Interval = "1m"): Promise<AssetHistory> {
  const store = join(folder, "store");
  const outcome = await importInto(store, [path], { flags });
  expect(faultsOf(outcome, folder)).toEqual([]);
  const assets = await parquetHistory(store).assets();
  const loaded = await parquetHistory(store).load({ assets: [assets.ok ? assets.value[0]!.id : ""], interval });
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.error));
  return loaded.value[0]!;
}

const at = Date.parse("2025-05-04T15:33:00Z");
const spot: FileFlags = { symbol: "BTCUSDT", market: "spot", interval: "1m" };

describe("a file of candles", () => {
  it.each`
    name           | content                                                                                                 | because
    ${"a.csv"}     | ${`ts_ms,open,high,low,close,volume\n${at},1.5,2,1.25,1.75,3\n`}                                        | ${"our own header words"}
    ${"a.csv"}     | ${`Date,Open,High,Low,Close,Adj Close,Volume\r\n2025-05-04T15:33:00Z,1.5,2,1.25,1.75,9,3.0\r\n`}        | ${"Yahoo's header words, with a carriage return"}
    ${"a.csv"}     | ${`\uFEFFtimestamp;open;high;low;close;volume\n${at / 1000};1.5;2;1.25;1.75;3`}                         | ${"seconds, semicolons, a byte order mark and no last newline"}
    ${"a.csv"}     | ${`time,open,high,low,close,volume\n${at}000,"1.5",2e0,125e-2,1.75,+3\n\n`}                             | ${"microseconds, quotes, exponents and a blank line"}
    ${"a.csv"}     | ${`Datetime,Open,High,Low,Close,Volume\n2025-05-04 11:33:00-04:00,1.5,2,1.25,1.75,3\n`}                 | ${"an offset in the time"}
    ${"a.csv"}     | ${`${at},1.5,2,1.25,1.75,3,${at + 59_999},5,7\n`}                                                       | ${"no header, as the exchange's archives"}
    ${"a.csv.gz"}  | ${gzipSync(`ts_ms,open,high,low,close,volume\n${at},1.5,2,1.25,1.75,3\n`)}                              | ${"gzip"}
    ${"a.json"}    | ${`[[${at},1.5,2,1.25,1.75,3]]`}                                                                        | ${"freqtrade's arrays"}
    ${"a.json.gz"} | ${gzipSync(`[{"openTimeInMillis":${at},"open":"1.50","high":"2","low":1.25,"close":1.75,"volume":3}]`)} | ${"objects, numbers as text or not"}
    ${"a.zip"}     | ${zipSync({ "a.csv": text.encode(`${at},1.5,2,1.25,1.75,3\n`) })}                                       | ${"a zip with one file"}
  `("is read from $name with $because", async ({ name, content }: { name: string; content: string | Uint8Array }) => {
    const folder = freshFolder();
    const { bars, instrument } = await loadedFrom(aFile(folder, name, content), folder, spot);
    expect([instrument.tick, instrument.lot]).toEqual([10_000_000_000n, 1_000_000_000_000n]);
    expect([bars.openMs, bars.open, bars.high, bars.low, bars.close, bars.volume].map((column) => column[0])).toEqual([
      at,
      150,
      200,
      125,
      175,
      3,
    ]);
  });

  it("is read from feather, plain or gzipped", async () => {
    const folder = freshFolder();
    const table = tableFromArrays({ date: [new Date(at)], open: [1.5], high: [2], low: [1.25], close: [1.75], volume: [3] });
    for (const [name, bytes] of [
      ["BTC_USDT-1m.feather", tableToIPC(table, "file")],
      ["BTC_USDT_USDT-1m-futures.feather.gz", gzipSync(tableToIPC(table, "file"))],
    ] as const) {
      const { bars, instrument } = await loadedFrom(aFile(folder, name, bytes), freshFolder(), {});
      expect([instrument.symbol, bars.openMs[0], bars.open[0], bars.volume[0]]).toEqual(["BTCUSDT", at, 150, 3]);
    }
  });

  it("is read from feather with zstd and with LZ4, which freqtrade writes", async () => {
    const folder = freshFolder();
    compressionRegistry.set(CompressionType.ZSTD, { encode: (data) => new Uint8Array(zstdCompressSync(data)) });
    compressionRegistry.set(CompressionType.LZ4_FRAME, { encode: (data) => compress(data) });
    const open = Array.from({ length: 300 }, () => 1.5);
    const date = open.map((_, row) => new Date(at + row * 60_000));
    const table = tableFromArrays({ date, open, high: open, low: open, close: open, volume: open });
    const bytes = (compressionType: CompressionType): Uint8Array =>
      RecordBatchFileWriter.writeAll(table, { compressionType }).toUint8Array(true);
    for (const packed of [CompressionType.ZSTD, CompressionType.LZ4_FRAME].map(bytes)) {
      const { bars } = await loadedFrom(aFile(folder, "BTC_USDT-1m.feather", packed), freshFolder(), {});
      expect([bars.length, bars.open[299]]).toEqual([300, 15]);
    }
  });

  it("is read from Parquet, with timestamps and doubles of its own", async () => {
    const folder = freshFolder();
    const path = join(folder, "BTCUSDT-1m-futures.parquet");
    const connection = await (await DuckDBInstance.create()).connect();
    const row =
      "TIMESTAMPTZ '2025-05-04 15:33:00+00' AS date, 1.5 AS open, 2::DOUBLE AS high, 1.25::FLOAT AS low, 1.75::DECIMAL(9,4) AS close, 3 AS volume";
    await connection.run(`COPY (SELECT ${row}) TO '${path}' (FORMAT parquet)`);
    const { bars } = await loadedFrom(path, folder, {});
    expect([bars.openMs[0], bars.open[0], bars.high[0], bars.low[0], bars.close[0], bars.volume[0]]).toEqual([at, 150, 200, 125, 175, 3]);
    const zipped = freshFolder();
    expect((await loadedFrom(aFile(zipped, "BTCUSDT-1m-futures.parquet.gz", gzipSync(readFileSync(path))), zipped, {})).bars.length).toBe(
      1,
    );
  });

  it("is read from LEAN's equity zips: prices times 10,000, New York clock, date in the name", async () => {
    const folder = freshFolder();
    mkdirSync(join(folder, "equity/usa/minute/spy"), { recursive: true });
    const bytes = zipSync({ "20131007_spy_minute_trade.csv": text.encode("34200000,1675500,1676000,1675000,1675900,1000\n") });
    const { bars, instrument } = await loadedFrom(aFile(folder, "equity/usa/minute/spy/20131007_trade.zip", bytes), folder, {});
    expect(instrument).toMatchObject({ id: "SPY", kind: "equity", currency: "USD", calendar: "xnys", tick: 10_000_000_000n });
    expect([bars.openMs[0], bars.open[0], bars.close[0], bars.volume[0]]).toEqual([
      Date.parse("2013-10-07T13:30:00Z"),
      16_755,
      16_759,
      1000,
    ]);
  });

  it("may have a column of dividends, which the import names day by day, since a store holds prices alone", async () => {
    const folder = freshFolder();
    const rows = [
      "2019-12-20 09:30:00-05:00,320.46,320.65,320.46,320.62,100,1.57",
      "2019-12-20 09:31:00-05:00,320.5,320.6,320.4,320.5,100,0.0",
    ];
    const file = aFile(folder, "SPY.csv", `Datetime,Open,High,Low,Close,Volume,Dividends\n${rows.join("\n")}\n`);
    const outcome = await importInto(join(folder, "store"), [file], { flags: { market: "etf", interval: "1m" } });
    expect(outcome.files[0]!.notes).toEqual([
      "dividends are not stored; a desk counts those that its configuration names, such as council.dividends: 2019-12-20=1.57",
    ]);
  });

  it("may lack volume, which the import then says", async () => {
    const folder = freshFolder();
    const file = aFile(folder, "VIX-1d.csv", "DATE,OPEN,HIGH,LOW,CLOSE\n1990-01-02,17.24,17.24,17.24,17.24\n");
    const outcome = await importInto(join(folder, "store"), [file], { flags: { market: "equity" } });
    expect(outcome.files[0]!.notes).toEqual(["the file has no volume column: volume is 0 in every row"]);
  });

  it.each`
    name           | content                                                                   | fault
    ${"a.json"}    | ${"[[1,2"}                                                                | ${"bad_shape"}
    ${"a.json"}    | ${'{"a":1}'}                                                              | ${"bad_shape"}
    ${"a.json"}    | ${"[]"}                                                                   | ${"empty_file"}
    ${"a.feather"} | ${"ARROW1 but not really"}                                                | ${"bad_shape"}
    ${"a.parquet"} | ${"PAR1 but not really"}                                                  | ${"bad_shape"}
    ${"a.zip"}     | ${zipSync({})}                                                            | ${"empty_file"}
    ${"a.zip"}     | ${zipSync({ "a.csv": new Uint8Array() })}                                 | ${"empty_file"}
    ${"a.zip"}     | ${zipSync({ "a.csv": text.encode(`${at},1,1,1,1,1\n`) }).subarray(0, 60)} | ${"truncated_archive"}
    ${"a.zip"}     | ${zipSync({ "a.csv": text.encode("1"), "b.csv": text.encode("1") })}      | ${"bad_archive"}
  `(
    "is refused as $fault where $name is not what it says",
    async ({ name, content, fault }: { name: string; content: string; fault: string }) => {
      const folder = freshFolder();
      const outcome = await importInto(join(folder, "store"), [aFile(folder, name, content)], { flags: spot });
      expect([outcome.status, outcome.files[0]!.fault?.code]).toEqual(["refused", fault]);
    },
  );

  it("is refused where a zip's checksum does not match its bytes", async () => {
    const folder = freshFolder();
    const bytes = zipSync({ "a.csv": text.encode(`${at},1,1,1,1,1\n`) }, { level: 0 });
    bytes[40] = bytes[40]! ^ 1;
    const outcome = await importInto(join(folder, "store"), [aFile(folder, "a.zip", bytes)], { flags: spot });
    expect(outcome.files[0]!.fault).toMatchObject({ code: "truncated_archive" });
  });
});

describe("a file of one value an instant", () => {
  it.each`
    name                              | content                                                                                   | kind              | value
    ${"BTCUSDT-8h-funding_rate.csv"}  | ${"ts_ms,open,high,low,close,volume\n1741334400001,-0.00001539,0,0,0,0\n"}                | ${"funding"}      | ${-15_390_000n}
    ${"BTC-USDT_gate_funding.csv"}    | ${"Symbol,Date,Funding Rate\nBTC-USDT,2025-03-07 08:00:00,2.6e-05\n"}                     | ${"funding"}      | ${26_000_000n}
    ${"BTCUSDT-8h-mark.csv"}          | ${"ts_ms,open,high,low,close,volume\n1741334400000,88311.87999259,91061,87940,88426,0\n"} | ${"mark"}         | ${88_311_879_992_590_000n}
    ${"BTCUSDT-5m-open_interest.csv"} | ${"create_time,symbol,sum_open_interest\n2025-03-07 08:00:00,BTCUSDT,80123.456\n"}        | ${"openInterest"} | ${80_123_456_000_000_000n}
  `(
    "$name is exact",
    async ({ name, content, kind, value }: { name: string; content: string; kind: "funding" | "mark" | "openInterest"; value: bigint }) => {
      const folder = freshFolder();
      const store = join(folder, "store");
      const bars = aFile(folder, "BTCUSDT-1m-futures.csv", `ts_ms,open,high,low,close,volume\n${at},1,1,1,1,1\n`);
      expect(faultsOf(await importInto(store, [aFile(folder, name, content), bars]), folder)).toEqual([]);
      const loaded = await parquetHistory(store).load({ assets: ["BTCUSDT.PERP"], interval: "1m" });
      expect(loaded.ok && loaded.value[0]![kind]!.value).toEqual([value]);
    },
  );
});

describe("the zone of a time without an offset", () => {
  it.each`
    zone                  | time                     | utc                       | because
    ${"UTC"}              | ${"2025-05-04 15:33:00"} | ${"2025-05-04T15:33:00Z"} | ${"it is read as it stands"}
    ${"+03:00"}           | ${"2025-05-04 18:33:00"} | ${"2025-05-04T15:33:00Z"} | ${"Moscow is three hours ahead"}
    ${"America/New_York"} | ${"2025-05-04 11:33:00"} | ${"2025-05-04T15:33:00Z"} | ${"New York has summer time in May"}
    ${"America/New_York"} | ${"2025-01-06 10:33:00"} | ${"2025-01-06T15:33:00Z"} | ${"and winter time in January"}
  `("$zone counts because $because", async ({ zone, time, utc }: { zone: string; time: string; utc: string }) => {
    const folder = freshFolder();
    const file = aFile(folder, "BTCUSDT-1m-futures.csv", `date,open,high,low,close,volume\n${time},1,1,1,1,1\n`);
    const { bars } = await loadedFrom(file, folder, { zone });
    expect(bars.openMs[0]).toBe(Date.parse(utc));
  });

  it("is refused in the hour that a clock change repeats", async () => {
    const folder = freshFolder();
    const file = aFile(folder, "BTCUSDT-1m-futures.csv", "date,open,high,low,close,volume\n2024-11-03 01:30:00,1,1,1,1,1\n");
    const outcome = await importInto(join(folder, "store"), [file], { flags: { zone: "America/New_York" } });
    expect(outcome.files[0]!.rowFaults.map(({ rule }) => rule)).toEqual(["ambiguous_time"]);
  });

  it("does not move the date of a daily bar of an exchange with sessions", async () => {
    const folder = freshFolder();
    const file = aFile(folder, "AET-L-1d.csv", "Date,Open,High,Low,Close,Volume\n2022-06-06 00:00:00+01:00,1,1,1,1,1\n");
    const { bars } = await loadedFrom(file, folder, { market: "equity", currency: "GBP" }, "1d");
    expect(bars.openMs[0]).toBe(Date.parse("2022-06-06T00:00:00Z"));
  });
});
