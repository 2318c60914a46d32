import { existsSync, readFileSync, statSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { beforeAll, describe, expect, it } from "vitest";
import { hookTimeoutMs, cli, expectDone, expectRefused, freshFolder, sharedPerps, tree, type Ran } from "./run-cli.ts";

const hour = 3_600_000;
const start = Date.UTC(2025, 2, 10);
const header = "ts_ms,open,high,low,close,volume";
const candle = (at: number, prices = "100.5,101,100,100.25"): string => `${start + at * hour},${prices},10`;
const candles = (count: number, from = 0): string[] => Array.from({ length: count }, (_, at) => candle(from + at));
const csv = (...lines: readonly string[]): string => `${lines.join("\n")}\n`;
const archive = gzipSync(csv(header, ...candles(500)));
const name = "BTCUSDT-1h-futures.csv";

type Bad = {
  readonly because: string;
  readonly file: string | Uint8Array;
  readonly says: RegExp;
  readonly ending?: string;
  readonly kept?: number;
};

/** `kept`: so many rows go in with --lenient, and one is rejected; without it the file as a whole is at fault. */
const bad: readonly Bad[] = [
  { because: "the rows are not in order", file: csv(header, candle(1), candle(0), candle(2)), says: /:3: unsorted: /, kept: 2 },
  { because: "an instant comes twice", file: csv(header, candle(0), candle(0), candle(1)), says: /:3: duplicate: /, kept: 2 },
  { because: "a price is no number", file: csv(header, candle(0), candle(1, "1,NaN,1,1")), says: /:3: not_a_number: high "NaN"/, kept: 1 },
  { because: "a price is not finite", file: csv(header, candle(0), candle(1, "1,1,1,Infinity")), says: /:3: not_a_number: close/, kept: 1 },
  { because: "a price is negative", file: csv(header, candle(0, "-1,101,100,100"), candle(1)), says: /:2: not_positive: /, kept: 1 },
  { because: "a price is zero", file: csv(header, candle(0), candle(1, "0,101,0,100")), says: /:3: not_positive: /, kept: 1 },
  { because: "a high is below its low", file: csv(header, candle(0), candle(1, "100,99,100,100")), says: /:3: high_below_low: /, kept: 1 },
  {
    because: "a close is outside its bar",
    file: csv(header, candle(0), candle(1, "100,101,100,105")),
    says: /:3: close_outside: /,
    kept: 1,
  },
  { because: "a volume is negative", file: csv(header, candle(0), candle(1).replace(/10$/, "-10")), says: /:3: negative: /, kept: 1 },
  { because: "a cell is empty", file: csv(header, candle(0), candle(1, "100,,100,100")), says: /:3: empty_cell: /, kept: 1 },
  { because: "a row is short", file: csv(header, candle(0), `${start + hour},1,2`), says: /:3: missing_cells: /, kept: 1 },
  {
    because: "the times are those of another zone",
    ending: "8h-funding_rate.csv",
    file: csv("Date,Funding Rate", "2025-03-10 03:00:00,0.0001", "2025-03-10 11:00:00,0.0001"),
    says: /:2: off_grid: .*--zone \+03:00/,
  },
  {
    because: "the times are seconds where the header says milliseconds",
    file: csv(header, candle(0).replace("000,", ",")),
    says: /:2: year_out: .*1970; .*say --time-unit/,
  },
  { because: "nothing is in it but a header", file: csv(header), says: /: empty_file: a header and no rows/ },
  { because: "nothing is in it", file: "", says: /: empty_file: no bytes/ },
  { because: "an archive is empty", ending: "1h-futures.csv.gz", file: "", says: /: empty_file: no bytes/ },
  {
    because: "an archive ends early",
    ending: "1h-futures.csv.gz",
    file: archive.subarray(0, -900),
    says: /: truncated_archive: .*fetch it again/,
  },
  { because: "an archive is none", ending: "1h-futures.csv.gz", file: "no archive at all", says: /: bad_archive: .*fetch it again/ },
  { because: "it is a page of HTML", file: "<html>\n<body>Not found</body>\n</html>\n", says: /: bad_header: / },
];

/** A symbol of its own for each, so that all of them can stand in one command. */
const named = bad.map((each, at) => ({ ...each, name: `A${at}USDT-${each.ending ?? "1h-futures.csv"}` }));
const rowFaults = named.filter(({ kept }) => kept !== undefined);

describe("data import of a bad file names file, line and rule, and imports nothing (LAB-1)", () => {
  const folder = freshFolder();
  let [all, lenient]: readonly Ran[] = [];
  let before: readonly string[] = [];
  let after: readonly string[] = [];
  beforeAll(async () => {
    for (const each of named) writeFileSync(join(folder, each.name), each.file);
    before = tree(folder);
    all = await cli(folder, ["data", "import", ...named.map((each) => each.name), "--store", "store"]);
    after = tree(folder);
    lenient = await cli(folder, ["data", "import", ...rowFaults.map((each) => each.name), "--store", "store", "--lenient"]);
  }, hookTimeoutMs);
  const linesOf = (run: Ran | undefined, name: string): string[] =>
    (run?.err ?? "").split("\n").filter((line) => line.startsWith(`${name}:`));

  it.each(named)("because $because", ({ name: file, says }) => {
    expect(all?.code).toBe(1);
    const lines = linesOf(all, file);
    expect(lines[0]).toMatch(says);
    expect(lines.every((line) => line.includes(/: (\w+): /.exec(says.source)?.[1] ?? "no rule"))).toBe(true);
  });

  it("and changes nothing", () => {
    expect(all?.out).toBe("");
    expect(all?.err).toMatch(/\nnothing was imported; --lenient imports the other rows\n$/);
    expect(all?.err).not.toContain("    at ");
    expect(after).toEqual(before);
  });

  it.each(rowFaults)(
    "but with --lenient takes the other rows, although $because, and keeps the one that is left out",
    ({ name: file, says, kept }) => {
      expect(lenient?.code).toBe(0);
      expect(lenient?.out).toContain(`${kept} rows added, 1 rejected, see store/rejects/${file}.csv`);
      expect(linesOf(lenient, file)).toEqual([expect.stringMatching(says)]);
      const rejects = readFileSync(join(folder, `store/rejects/${file}.csv`), "utf8")
        .trimEnd()
        .split("\n");
      expect(rejects).toHaveLength(2);
      expect(rejects[1]).toContain(/: (\w+): /.exec(says.source)?.[1]);
    },
  );

  it.each([named[0], named.find(({ ending }) => ending?.endsWith("gz"))])("also where it stands alone, %#", async (each) => {
    const own = freshFolder();
    writeFileSync(join(own, each?.name ?? ""), each?.file ?? "");
    expectRefused(await cli(own, ["data", "import", each?.name ?? "", "--store", "store"]), 1, each?.says ?? /none/, 2);
    expect(tree(own)).toEqual([each?.name]);
  });

  it("writes no file of a command in which one is bad, and none of two that overlap", async () => {
    const folder = freshFolder();
    writeFileSync(join(folder, "BTCUSDT-1h-futures.csv"), csv(header, ...candles(3)));
    writeFileSync(join(folder, "ETHUSDT-1h-futures.csv"), csv(header, candle(1), candle(0)));
    writeFileSync(join(folder, "BTCUSDT-1h-futures-2025-03.csv"), csv(header, candle(2, "7,7,7,7"), candle(3)));
    const before = tree(folder);
    const one = await cli(folder, ["data", "import", "BTCUSDT-1h-futures.csv", "ETHUSDT-1h-futures.csv", "--store", "store"]);
    expectRefused(one, 1, /^ETHUSDT-1h-futures\.csv:3: unsorted/, 2);
    const words = ["data", "import", "BTCUSDT-1h-futures.csv", "BTCUSDT-1h-futures-2025-03.csv", "--interval", "1h", "--store", "store"];
    const two = await cli(folder, [...words, "--kind", "ohlcv", "--market", "perpetual", "--symbol", "BTCUSDT"]);
    expectRefused(two, 1, /BTCUSDT-1h-futures-2025-03\.csv:2: overlap: /, 2);
    expect(tree(folder)).toEqual(before);
  });

  it("names a store's file that was cut short, and runs nothing on it", async () => {
    const folder = freshFolder();
    writeFileSync(join(folder, name), csv(header, ...candles(80)));
    expectDone(await cli(folder, ["data", "import", name, "--store", "store"]));
    const series = join(folder, "store/BTCUSDT.PERP/ohlcv-1h.parquet");
    truncateSync(series, statSync(series).size - 100);
    for (const words of [
      ["backtest", "perps", "--data", "store", "--json", "r.json"],
      ["data", "list", "--store", "store"],
    ])
      expectRefused(await cli(folder, words), 1, /^store\/BTCUSDT\.PERP\/ohlcv-1h\.parquet: /);
    expect(existsSync(join(folder, "r.json"))).toBe(false);
  });
});

const real = existsSync(sharedPerps);
describe.skipIf(!real)(
  `real candles, marks and funding of three perpetuals${real ? "" : " (skipped: the shared data is not here)"}`,
  () => {
    it("go in, are listed, and a backtest over them that ends inside a position says so (LAB-1)", async () => {
      const folder = freshFolder();
      const files = ["BTCUSDT", "ETHUSDT", "ADAUSDT"].flatMap((symbol) =>
        ["1h-futures", "8h-funding_rate", "8h-mark"].map((kind) => join(sharedPerps, `${symbol}-${kind}.csv.gz`)),
      );
      expectDone(await cli(folder, ["data", "import", ...files]));
      const listed = await cli(folder, ["data", "list"]);
      expectDone(listed);
      expect(listed.out.trimEnd().split("\n")).toHaveLength(10);
      const run = await cli(folder, [
        "backtest",
        "perps",
        "--interval",
        "1h",
        "--strategy",
        "swing",
        "--to",
        "2025-03-22",
        "--json",
        "r.json",
      ]);
      expectDone(run);
      const report = JSON.parse(readFileSync(join(folder, "r.json"), "utf8")) as {
        data: unknown;
        result: { openPositions: { quantity: string }[]; funding: string };
      };
      expect(report.data).toMatchObject({ assets: ["ADAUSDT.PERP", "BTCUSDT.PERP", "ETHUSDT.PERP"], interval: "1h" });
      expect(report.result.funding).not.toBe("0");
      const { openPositions } = report.result;
      expect(openPositions.length).toBeGreaterThan(0);
      expect(run.out.match(/(?:long|short) [\d.]+ \w+\.PERP, .* at the last price/g)).toHaveLength(openPositions.length);
      expect(run.out).toMatch(/\nstill open {4}(?:long|short) /);
    });
  },
);
