import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Frame } from "../../../src/flow/market/frame.ts";
import { namesOf, type ReadableIndicator } from "../../../src/flow/market/indicators/bar-indicator.ts";
import { makeIndicator } from "../../../src/flow/market/indicators/make-indicator.ts";
import { resample } from "../../../src/flow/market/resample.ts";
import { feeds } from "./random-rows.ts";
import { barsOf, rowsOf, type Row } from "./some-bars.ts";

const minute = 60_000;
const at = (minutes: number, price = 10): Row => [minutes * minute, price, price + 1, price - 1, price, 1];
const indicators = (): Record<string, ReadableIndicator> => ({
  sma3: makeIndicator({ kind: "sma", period: 3 }),
  channel: makeIndicator({ kind: "donchian", period: 2 }),
  atr2: makeIndicator({ kind: "atr", period: 2 }),
});
const kept = (frame: Frame): Row[] =>
  Array.from({ length: frame.count }, (_, back): Row => [
    frame.openMsAt(back),
    frame.openAt(back),
    frame.highAt(back),
    frame.lowAt(back),
    frame.closeAt(back),
    frame.volumeAt(back),
  ]).reverse();

describe("a frame of 5m fed by 1m bars", () => {
  it.each<{ minutes: number[]; completes: boolean[]; because: string }>([
    { minutes: [0, 1, 2, 3, 4], completes: [false, false, false, false, true], because: "minute 4 ends with the bar" },
    { minutes: [4], completes: [true], because: "its last minute alone makes and ends it" },
    { minutes: [0, 3, 5], completes: [false, false, true], because: "minute 5 belongs to the next, so this one is over" },
    { minutes: [0, 60], completes: [false, true], because: "any later bar ends it, after a gap of any length" },
    { minutes: [3, 9, 10], completes: [false, true, false], because: "minute 9 ends two bars at once" },
  ])("given minutes $minutes completes $completes because $because", ({ minutes, completes }) => {
    const frame = new Frame("5m", "1m", 10, {});
    expect(minutes.map((of) => frame.push(...at(of)))).toEqual(completes);
  });

  it("leaves the bar that ended another out of it", () => {
    const frame = new Frame("5m", "1m", 10, {});
    frame.push(...at(0, 10));
    frame.push(...at(7, 99));
    expect(kept(frame)).toEqual([at(0, 10)]);
  });

  it("does not show what is still forming", () => {
    const frame = new Frame("5m", "1m", 10, { last: makeIndicator({ kind: "sma", period: 1 }) });
    for (const minutes of [0, 1, 2, 3]) frame.push(...at(minutes));
    expect([frame.count, frame.barsSeen, frame.values()]).toEqual([0, 0, {}]);
    expect(() => frame.closeAt(0)).toThrow("Invariant");
    frame.push(...at(4, 12));
    expect([frame.count, frame.barsSeen, frame.values()]).toEqual([1, 1, { last: 12 }]);
  });

  it("lists the values of indicators that are ready, the newest completed bar included", () => {
    const frame = new Frame("1m", "1m", 1, indicators());
    frame.push(...at(0, 10));
    frame.push(...at(1, 20));
    expect(frame.values()).toEqual({ "channel.highest": 21, "channel.lowest": 9, atr2: 6.5 });
  });

  it.each<{ feed: Row[]; because: string }>([
    { feed: [at(1), at(1)], because: "a bar comes once" },
    { feed: [at(2), at(1)], because: "time does not go back" },
    { feed: [at(0.5)], because: "a bar off the grid could reach into the next one" },
    { feed: [[Number.NaN, 1, 1, 1, 1, 1]], because: "it has no time" },
  ])("refuses $feed because $because", ({ feed }) => {
    const frame = new Frame("5m", "1m", 10, {});
    expect(() => feed.forEach((row) => frame.push(...row))).toThrow("Invariant");
  });

  it.each([
    ["5m", "3m", 1],
    ["1m", "5m", 1],
    ["5m", "1m", 0],
    ["5m", "1m", 1.5],
  ] as const)("refuses %s from %s keeping %d", (interval, base, keep) => {
    expect(() => new Frame(interval, base, keep, {})).toThrow("Invariant");
  });

  it("reads back no further than it keeps", () => {
    const frame = new Frame("1m", "1m", 2, {});
    for (const minutes of [0, 1, 2]) frame.push(...at(minutes, 10 + minutes));
    expect([frame.count, frame.barsSeen, frame.closeAt(0), frame.closeAt(1)]).toEqual([2, 3, 12, 11]);
    expect(() => frame.closeAt(2)).toThrow("Invariant");
    expect(() => frame.closeAt(-1)).toThrow("Invariant");
  });
});

describe("look-ahead", () => {
  it("is impossible: after every push a frame knows what resampling the bars so far gives, whatever comes later", () => {
    fc.assert(
      fc.property(feeds, fc.integer({ min: 1, max: 20 }), ({ base, coarse, rows }, keep) => {
        const frame = new Frame(coarse, base, keep, indicators());
        rows.forEach((row, index) => {
          const seenBefore = frame.barsSeen;
          const completed = frame.push(...row);
          const known = rowsOf(resample(barsOf(base, rows.slice(0, index + 1)), coarse));
          expect(completed).toBe(known.length > seenBefore);
          expect(frame.barsSeen).toBe(known.length);
          expect(kept(frame)).toEqual(known.slice(-keep));
          const fresh = indicators();
          const values: Record<string, number> = {};
          for (const [name, indicator] of Object.entries(fresh)) {
            for (const [, open, high, low, close, volume] of known) indicator.onBar(open, high, low, close, volume);
            if (indicator.ready) indicator.read(values, namesOf(indicator, name));
          }
          expect(frame.values()).toEqual(values);
        });
      }),
      { seed: 20261204, numRuns: 120 },
    );
  });
});
