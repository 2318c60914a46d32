import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Series } from "../../../src/flow/market/bars.ts";
import { asOf, AsOfCursor, resample } from "../../../src/flow/market/resample.ts";
import { barOpen, intervalMs } from "../../../src/words/interval.ts";
import { feeds } from "./random-rows.ts";
import { barsOf, perpetual, rowsOf, type Row } from "./some-bars.ts";

const minute = 60_000;
const row = (minutes: number, open: number, high: number, low: number, close: number, volume: number): Row => [
  minutes * minute,
  open,
  high,
  low,
  close,
  volume,
];

describe("resample", () => {
  it.each<{ fine: Row[]; coarse: Row[]; because: string }>([
    { fine: [], coarse: [], because: "nothing makes nothing" },
    {
      fine: [row(0, 5, 9, 4, 6, 1), row(1, 6, 7, 2, 3, 2), row(2, 3, 8, 3, 7, 3)],
      coarse: [row(0, 5, 9, 2, 7, 6)],
      because: "it opens with the first, closes with the last, and spans and sums the rest",
    },
    { fine: [row(0, 5, 9, 4, 6, 1), row(1, 6, 7, 2, 3, 2)], coarse: [], because: "its last minute may still change it" },
    {
      fine: [row(1, 5, 9, 4, 6, 1), row(3, 6, 7, 2, 3, 2)],
      coarse: [row(0, 5, 9, 4, 6, 1)],
      because: "a later bar ends it, and what is there makes it",
    },
    {
      fine: [row(2, 5, 5, 5, 5, 1), row(11, 6, 6, 6, 6, 2)],
      coarse: [row(0, 5, 5, 5, 5, 1), row(9, 6, 6, 6, 6, 2)],
      because: "minutes 3 to 8 have no bars, so there is a gap",
    },
  ])("makes $coarse of $fine because $because", ({ fine, coarse }) => {
    expect(rowsOf(resample(barsOf("1m", fine), "3m"))).toEqual(coarse);
  });

  it("opens weeks on Monday", () => {
    const monday = Temporal.Instant.from("2026-11-02T00:00Z").epochMilliseconds;
    const days = Array.from({ length: 14 }, (_, day): Row => [monday + (day - 3) * 1440 * minute, day, day, day, day, 1]);
    expect(rowsOf(resample(barsOf("1d", days), "1w"))).toEqual([
      [monday - 7 * 1440 * minute, 0, 2, 0, 2, 3],
      [monday, 3, 9, 3, 9, 7],
    ]);
  });

  it.each([
    ["3m", "5m", "5 is no multiple of 3"],
    ["1h", "1m", "finer bars cannot be made of coarser ones"],
    ["1w", "1d", "finer bars cannot be made of coarser ones"],
  ] as const)("refuses %s to %s because %s", (from, to, _because) => {
    expect(() => resample(barsOf(from, []), to)).toThrow("Invariant");
  });

  it("gives what grouping by bucket gives, and never changes a bar it gave before (no repainting)", () => {
    fc.assert(
      fc.property(feeds, ({ base, coarse, rows }) => {
        const all = rowsOf(resample(barsOf(base, rows), coarse));
        const spanEnd = rows.length === 0 ? 0 : rows.at(-1)![0] + intervalMs[base];
        const groups = Map.groupBy(rows, ([openMs]) => barOpen(openMs, coarse));
        const expected = [...groups]
          .filter(([bucket]) => bucket + intervalMs[coarse] <= spanEnd)
          .map(([bucket, group]): Row => [
            bucket,
            group[0]![1],
            Math.max(...group.map((of) => of[2])),
            Math.min(...group.map((of) => of[3])),
            group.at(-1)![4],
            group.reduce((sum, of) => sum + of[5], 0),
          ]);
        expect(all).toEqual(expected);
        for (let length = 0; length < rows.length; length += 7) {
          const known = rowsOf(resample(barsOf(base, rows.slice(0, length)), coarse));
          expect(all.slice(0, known.length)).toEqual(known);
        }
      }),
      { seed: 20261202, numRuns: 200 },
    );
  });
});

const series = (...atMs: number[]): Series => ({
  instrument: perpetual,
  length: atMs.length,
  atMs: Float64Array.from(atMs),
  value: atMs.map(BigInt),
});

describe("asOf", () => {
  it.each`
    times           | atMs  | expected | because
    ${[]}           | ${5}  | ${-1}    | ${"there is nothing"}
    ${[10, 20]}     | ${9}  | ${-1}    | ${"nothing held yet"}
    ${[10, 20]}     | ${10} | ${0}     | ${"a value holds from its instant on"}
    ${[10, 20]}     | ${19} | ${0}     | ${"until the next"}
    ${[10, 20]}     | ${20} | ${1}     | ${"which then holds"}
    ${[10, 20, 30]} | ${99} | ${2}     | ${"the last holds on"}
  `(
    "of $times at $atMs is $expected because $because",
    ({ times, atMs, expected }: { times: number[]; atMs: number; expected: number }) => {
      expect(asOf(series(...times), atMs)).toBe(expected);
    },
  );

  it("is the last index at or before, and a cursor agrees at every step", () => {
    const instants = fc.uniqueArray(fc.integer({ min: 0, max: 200 }), { maxLength: 40 });
    fc.assert(
      fc.property(instants, fc.array(fc.integer({ min: -5, max: 205 }), { maxLength: 40 }), (times, asked) => {
        const of = series(...times.toSorted((left, right) => left - right));
        const cursor = new AsOfCursor(of);
        for (const atMs of asked.toSorted((left, right) => left - right)) {
          expect(asOf(of, atMs)).toBe(times.filter((time) => time <= atMs).length - 1);
          expect(cursor.advance(atMs)).toBe(asOf(of, atMs));
        }
      }),
      { seed: 20261203 },
    );
  });

  it("refuses a cursor that goes back, which would read what it already passed", () => {
    const cursor = new AsOfCursor(series(10, 20));
    cursor.advance(20);
    expect(() => cursor.advance(19)).toThrow("Invariant");
  });
});
