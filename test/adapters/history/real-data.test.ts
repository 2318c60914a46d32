import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { beforeAll, describe, expect, it } from "vitest";
import { parquetHistory } from "../../../src/adapters/history/parquet-history.ts";
import type { FileFlags } from "../../../src/adapters/history/file-plan.ts";
import type { AssetHistory } from "../../../src/flow/market/bars.ts";
import { freshFolder, importInto, rulesOf, sharedData } from "./history-files.ts";

const there = existsSync(sharedData);
if (!there) console.warn("skipped: real data tests need ../shared/data");
const folderOf = (name: string): string => join(sharedData, name);
const filesIn = (name: string, ending: string): string[] =>
  readdirSync(folderOf(name))
    .filter((file) => file.endsWith(ending))
    .map((file) => join(folderOf(name), file));

/** A parser of its own, to hold the store against. */
const units = (cell: string): bigint => {
  const text = cell.includes("e") ? Number(cell).toFixed(12) : cell;
  const [whole = "0", fraction = ""] = text.replace("-", "").split(".");
  const value = BigInt(whole + fraction.padEnd(12, "0"));
  return text.startsWith("-") ? -value : value;
};
const whole = (column: Float64Array): bigint => column.reduce((sum, value) => sum + BigInt(value), 0n);

describe.skipIf(!there)("eight perpetuals of Binance (LAB-1)", () => {
  const store = freshFolder();
  const symbols = ["ADA", "BCH", "BNB", "BTC", "ETH", "LINK", "LTC", "XRP"].map((base) => `${base}USDT`);
  let loaded: readonly AssetHistory[] = [];
  beforeAll(async () => {
    const outcome = await importInto(
      store,
      ["1m-futures", "8h-funding_rate", "8h-mark"].flatMap((kind) => filesIn("binance-usdm-perps", `${kind}.csv.gz`)),
    );
    expect(outcome.status).toBe("imported");
    const read = await parquetHistory(store).load({ assets: symbols, interval: "1m" });
    loaded = read.ok ? read.value : [];
  });

  it("import clean, with the counts of their list", async () => {
    const assets = await parquetHistory(store).assets();
    const rows = assets.ok ? assets.value : [];
    expect(rows.every(({ gaps }) => gaps === 0)).toBe(true);
    const counts = rows
      .filter(({ kind, interval }) => kind === "ohlcv" && interval === "1m")
      .map(({ symbol, rows: count }) => `${symbol} ${count}`);
    expect(counts).toEqual(symbols.map((symbol) => `${symbol} ${{ ETHUSDT: 60_191, LINKUSDT: 43_200 }[symbol] ?? 43_199}`));
    expect(rows.length).toBe(24);
  });

  it("load with the sums that a plain parse of the files gives", () => {
    for (const { instrument, bars, funding, mark } of loaded) {
      const plain = (kind: string): string[][] =>
        gunzipSync(readFileSync(join(folderOf("binance-usdm-perps"), `${instrument.symbol}-${kind}.csv.gz`)))
          .toString()
          .trim()
          .split("\n")
          .slice(1)
          .map((line) => line.split(","));
      const total = (cells: readonly string[]): bigint => cells.reduce((sum, cell) => sum + units(cell), 0n);
      const rows = plain("1m-futures");
      const cells = (index: number): string[] => rows.map((row) => row[index]!);
      expect([bars.open, bars.high, bars.low, bars.close].map((column) => whole(column) * instrument.tick)).toEqual(
        [1, 2, 3, 4].map((index) => total(cells(index))),
      );
      expect(whole(bars.volume) * instrument.lot).toBe(total(cells(5)));
      expect(bars.openMs.reduce((sum, at) => sum + at, 0)).toBe(cells(0).reduce((sum, at) => sum + Number(at), 0));
      for (const [series, kind] of [
        [funding!, "8h-funding_rate"],
        [mark!, "8h-mark"],
      ] as const) {
        expect(series.value).toEqual(plain(kind).map((row) => units(row[1]!)));
        expect([...series.atMs], "stamps stay as the exchange set them").toEqual(plain(kind).map((row) => Number(row[0])));
      }
    }
    expect(loaded.length).toBe(8);
  });

  it("are all already there the second time", async () => {
    const outcome = await importInto(store, filesIn("binance-usdm-perps", "-8h-mark.csv.gz"));
    expect(outcome.files.every((file) => file.rowsAdded === 0 && file.rowsAlreadyThere === file.rowsRead)).toBe(true);
  });
});

describe.skipIf(!there)("real files with known faults (LAB-1)", () => {
  it("SPY is refused for an empty row and repeated stamps, and lenient imports its 8,360 distinct minutes", async () => {
    const folder = freshFolder();
    const file = join(folderOf("etf-intraday-1m"), "SPY.csv.gz");
    const flags: FileFlags = { symbol: "SPY", market: "etf", interval: "1m" };
    const refused = await importInto(folder, [file], { flags });
    expect(refused.status).toBe("refused");
    expect(rulesOf(refused, folderOf("etf-intraday-1m")).slice(0, 2)).toEqual([
      "SPY.csv.gz:1940: empty_cell",
      "SPY.csv.gz:7584: duplicate",
    ]);
    const lenient = await importInto(folder, [file], { flags, lenient: true });
    expect(lenient.files[0]).toMatchObject({ rowsRead: 13_435, rowsAdded: 8360, rowsRejected: 5075 });
    expect(readFileSync(join(folder, "rejects/SPY.csv.gz.csv"), "utf8").split("\n").length).toBe(5075 + 2);
  });

  it.each`
    exchange     | rows
    ${"bybit"}   | ${3285}
    ${"binance"} | ${4383}
  `(
    "$exchange funding in local time is off the grid until the zone is said",
    async ({ exchange, rows }: { exchange: string; rows: number }) => {
      const store = freshFolder();
      const files = filesIn("funding-supervik", ".csv.gz").filter((file) => file.includes(`BTC-USDT_${exchange}`));
      const refused = await importInto(store, files);
      expect(new Set(refused.files[0]!.rowFaults.map(({ rule }) => rule))).toEqual(new Set(["off_grid"]));
      expect(refused.files[0]!.rowFaults[0]!.detail).toContain("--zone +03:00");
      const imported = await importInto(store, files, { flags: { zone: "+03:00" } });
      expect(imported.files[0]).toMatchObject({ id: "BTCUSDT.PERP", rowsAdded: rows });
      expect(imported.series[0]?.gaps.count).toBe(0);
    },
  );

  it("hourly funding of dYdX needs its interval", async () => {
    const files = filesIn("funding-supervik", ".csv.gz").filter((file) => file.includes("dydx"));
    expect((await importInto(freshFolder(), files)).status).toBe("refused");
    expect((await importInto(freshFolder(), files, { flags: { interval: "1h" } })).files[0]?.rowsAdded).toBe(17_520);
  });

  it.each`
    file                           | sort     | found
    ${"AET-L-1d-100x-error"}       | ${true}  | ${true}
    ${"AET-L-1d-100x-error-fixed"} | ${true}  | ${false}
    ${"ASAI-L-1h-bad-unit"}        | ${true}  | ${true}
    ${"ASAI-L-1h-bad-unit-fixed"}  | ${true}  | ${false}
    ${"EWG-1d-no-bad-divs"}        | ${false} | ${false}
    ${"HSBK-IL-1d-no-bad-divs"}    | ${false} | ${false}
    ${"TISG-MI-1d-no-bad-divs"}    | ${false} | ${false}
  `(
    "the report on $file finds a hundredfold unit: $found",
    async ({ file, sort, found }: { file: string; sort: boolean; found: boolean }) => {
      const path = join(folderOf("yfinance-bad-data"), `${file}.csv.gz`);
      const outcome = await importInto(freshFolder(), [path], { sort, flags: { market: "equity", currency: "GBP", roundDecimals: 6 } });
      expect(outcome.status).toBe("imported");
      expect(outcome.series[0]!.badTicks.some(({ code }) => code === "unit_100x")).toBe(found);
    },
  );
});

describe.skipIf(!there)("real files of other makers (LAB-1)", () => {
  it("LEAN's zips of trades import, days of one series together, and Coinbase's low of six cents is reported", async () => {
    const store = freshFolder();
    const coinbase = filesIn("lean/crypto/coinbase/minute/btcusd", "_trade.zip");
    const margin = ["binance/margin_interest/btcusd.csv", "binance/minute/btcusd/20221213_trade.zip", "binance/hour/adausdt_trade.zip"];
    const files = [
      ...coinbase,
      join(folderOf("lean"), "crypto/coinbase/daily/btcusd_trade.zip"),
      ...margin.map((name) => join(folderOf("lean/cryptofuture"), name)),
    ];
    const outcome = await importInto(store, files);
    expect(outcome.series.map(({ id, kind, interval, rows }) => `${id} ${kind} ${interval} ${rows}`)).toEqual([
      "BTCUSD.SPOT ohlcv 1m 9543",
      "BTCUSD.SPOT ohlcv 1d 1318",
      "BTCUSD.PERP funding 8h 12",
      "BTCUSD.PERP ohlcv 1m 1439",
      "ADAUSDT.PERP ohlcv 1h 24",
    ]);
    expect(outcome.series[1]!.badTicks.find(({ code }) => code === "unit_100x")?.first[0]).toContain("2017-04-15");
    const loaded = await parquetHistory(store).load({
      assets: ["BTCUSD.SPOT"],
      interval: "1m",
      fromMs: Date.parse("2018-04-05T00:00Z"),
      toMs: Date.parse("2018-04-05T00:02Z"),
    });
    expect(loaded.ok && [...loaded.value[0]!.bars.close]).toEqual([677_801, 677_947]);
    expect(loaded.ok && loaded.value[0]!.bars.volume[0]).toBe(2_684_379_253);
  });

  it("LEAN's quote bars are refused by name", async () => {
    const outcome = await importInto(freshFolder(), filesIn("lean/crypto/coinbase/minute/btcusd", "20180405_quote.zip"));
    expect(outcome.files[0]!.fault).toMatchObject({ code: "not_supported" });
  });

  it("a week of BTC/USDT as JSON objects imports without a gap", async () => {
    const store = freshFolder();
    const outcome = await importInto(store, filesIn("bennycode-trading", ".json.gz"), {
      flags: { symbol: "BTC/USDT", market: "spot", interval: "1m" },
    });
    expect(outcome.series[0]).toMatchObject({ id: "BTCUSDT.SPOT", rows: 10_080, gaps: { count: 0 } });
    const loaded = await parquetHistory(store).load({ assets: ["BTCUSDT"], interval: "1m" });
    expect(loaded.ok && [loaded.value[0]!.bars.open[0], loaded.value[0]!.bars.volume[0]]).toEqual([5_155_261, 134_989_218]);
  });

  it("Yahoo's daily bars import by date", async () => {
    const path = join(folderOf("stocknet-prices"), "AAPL.csv.gz");
    const outcome = await importInto(freshFolder(), [path], { flags: { symbol: "AAPL", market: "equity", interval: "1d" } });
    expect(outcome.series[0]).toMatchObject({ rows: 1258, gaps: { count: 0 } });
  });
});
