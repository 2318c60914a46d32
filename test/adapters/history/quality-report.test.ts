import { describe, expect, it } from "vitest";
import { checkStore } from "../../../src/adapters/history/check-store.ts";
import { findBadTicks } from "../../../src/adapters/history/bad-ticks.ts";
import { findGaps } from "../../../src/adapters/history/gaps.ts";
import type { Interval } from "../../../src/words/interval.ts";
import { aFile, csv, freshFolder, importInto, minute } from "./history-files.ts";

const atMs = (...texts: string[]): Float64Array => Float64Array.from(texts, (text) => Date.parse(text));

describe("gaps", () => {
  it.each`
    stamps                                               | interval | sessions | missing | because
    ${["2025-05-05T00:00Z", "2025-05-05T00:01Z"]}        | ${"1m"}  | ${false} | ${0}    | ${"one minute follows the other"}
    ${["2025-05-05T00:00Z", "2025-05-05T00:04Z"]}        | ${"1m"}  | ${false} | ${3}    | ${"three minutes are not there"}
    ${["2025-05-05T00:00:00.005Z", "2025-05-05T08:00Z"]} | ${"8h"}  | ${false} | ${0}    | ${"a stamp may be some milliseconds late"}
    ${["2019-12-16T20:59Z", "2019-12-17T14:30Z"]}        | ${"1m"}  | ${true}  | ${0}    | ${"a night is no gap of an exchange with sessions"}
    ${["2019-12-16T20:50Z", "2019-12-16T20:59Z"]}        | ${"1m"}  | ${true}  | ${8}    | ${"inside one day it is"}
    ${["2025-01-17T00:00Z", "2025-01-21T00:00Z"]}        | ${"1d"}  | ${true}  | ${0}    | ${"a long weekend is closed"}
    ${["2025-01-03T00:00Z", "2025-01-13T00:00Z"]}        | ${"1d"}  | ${true}  | ${5}    | ${"a week of days is missing"}
    ${["2025-01-03T00:00Z", "2025-01-05T00:00Z"]}        | ${"1d"}  | ${false} | ${1}    | ${"crypto has no weekends"}
  `(
    "$missing rows are missing because $because",
    ({ stamps, interval, sessions, missing }: { stamps: string[]; interval: Interval; sessions: boolean; missing: number }) => {
      expect(findGaps(atMs(...stamps), interval, sessions).missing).toBe(missing);
    },
  );
});

const at = (values: readonly number[]): Float64Array => Float64Array.from(values, (_, row) => minute(row));

const codes = (closes: readonly number[], volumes = closes.map((_, row) => row + 1)): string[] => {
  const column = { decimals: 1, values: Float64Array.from(closes) };
  const columns = [column, column, column, column, { decimals: 0, values: Float64Array.from(volumes) }];
  return findBadTicks("ohlcv", at(closes), columns).map(({ code, count }) => `${code} ${count}`);
};

describe("bad ticks", () => {
  const wave = Array.from({ length: 60 }, (_, row) => 1000 + (row % 3));
  const withAt = (row: number, ...values: number[]): number[] => wave.toSpliced(row, values.length, ...values);

  it.each`
    closes                                                        | found              | because
    ${wave}                                                       | ${[]}              | ${"an ordinary wave is sound"}
    ${withAt(20, 1200)}                                           | ${["spike 1"]}     | ${"a jump of many sigmas came back at once"}
    ${wave.map((value, row) => value + (row < 30 ? 0 : 200))}     | ${[]}              | ${"a step that stays is a move"}
    ${wave.map((value, row) => (row < 30 ? value : value * 100))} | ${["unit_100x 1"]} | ${"from pounds to pence"}
    ${withAt(20, 1001, 1001, 1001, 1001, 1001)}                   | ${[]}              | ${"the same price with new volume trades on"}
  `("are $found where $because", ({ closes, found }: { closes: number[]; found: string[] }) => {
    expect(codes(closes)).toEqual(found);
  });

  it("are runs without volume, but not a file without any", () => {
    expect(
      codes(
        wave,
        wave.map((_, row) => (row > 20 && row < 35 ? 0 : row + 1)),
      ),
    ).toEqual(["zero_volume_run 1"]);
    expect(
      codes(
        wave,
        wave.map(() => 0),
      ),
    ).toEqual([]);
  });

  it("are rows that repeat in price and volume", () => {
    const flat = withAt(20, 1001, 1001, 1001, 1001, 1001, 1001);
    expect(
      codes(
        flat,
        flat.map((_, row) => (row >= 20 && row < 26 ? 7 : row + 1)),
      ),
    ).toEqual(["stale_run 1"]);
  });

  it("are reported at import and by check, and the rows stay as they are", async () => {
    const folder = freshFolder();
    const lines = withAt(20, 1200).map((close, row) => `${minute(row)},${close},${close},${close},${close},${row + 1}`);
    const outcome = await importInto(folder, [aFile(folder, "BTCUSDT-1m-futures.csv", csv(lines))]);
    const checked = await checkStore(folder, ["BTCUSDT"]);
    expect(outcome.series[0]?.badTicks.map(({ code }) => code)).toEqual(["spike"]);
    expect(checked).toEqual({ ok: true, value: outcome.series });
  });

  it("are rates that are no fraction", () => {
    const rates = { decimals: 4, values: Float64Array.of(1, 600) };
    expect(findBadTicks("funding", at([1, 2]), [rates])).toMatchObject([{ code: "large_rate", count: 1 }]);
  });
});
