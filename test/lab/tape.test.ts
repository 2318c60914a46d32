import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Tape } from "../../src/lab/tape.ts";
import { aCoin, candles, firstMs, hourMs, still } from "./handmade.ts";

/** Which hours each asset has a bar in. */
const hours = fc.array(fc.uniqueArray(fc.integer({ min: 0, max: 30 }), { minLength: 1, maxLength: 20 }), { minLength: 1, maxLength: 4 });

function tapeOf(of: readonly (readonly number[])[]): Tape {
  const histories = of.map((some, asset) => {
    const sorted = some.toSorted((a, b) => a - b);
    const history = candles(
      aCoin(`C${asset}`),
      sorted.map(() => still(10_000)),
    );
    return { ...history, bars: { ...history.bars, openMs: Float64Array.from(sorted, (hour) => firstMs + hour * hourMs) } };
  });
  return new Tape(histories);
}

describe("a tape of several assets (LAB-1)", () => {
  it("plays each hour in which any asset has a bar once, in order, with exactly those assets", () => {
    fc.assert(
      fc.property(hours, (of) => {
        const tape = tapeOf(of);
        const union = [...new Set(of.flat())].toSorted((a, b) => a - b);
        const played: number[] = [];
        while (tape.next()) {
          const hour = (tape.openMs - firstMs) / hourMs;
          played.push(hour);
          const active = [...tape.active.subarray(0, tape.activeCount)];
          expect(active).toEqual(of.flatMap((some, asset) => (some.includes(hour) ? [asset] : [])));
          for (const asset of active) expect(tape.assets[asset]!.openMs[tape.bar[asset]!]).toBe(tape.openMs);
        }
        expect(played).toEqual(union);
        expect(tape.steps).toBe(union.length);
        expect(tape.next(), "the end stays the end").toBe(false);
      }),
    );
  });
});
