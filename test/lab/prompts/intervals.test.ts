import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { bootstrapMean, signTest, wilson } from "../../../src/lab/prompts/intervals.ts";
import { Random } from "../../../src/sim/random.ts";

describe("intervals", () => {
  // Reckoned apart, with the textbook's formula in exact fractions of z = 1.96.
  it.each([
    [0, 10, 0, 0.2775, "none of ten may still be a quarter"],
    [5, 10, 0.2366, 0.7634, "half of ten is not known to be half"],
    [10, 10, 0.7225, 1, "all of ten may still be three quarters"],
    [81, 263, 0.2553, 0.3662, "the example of Newcombe (1998)"],
  ])("Wilson's for %d of %d is %d to %d because %s", (wins, trials, low, high) => {
    const interval = wilson(wins, trials)!;
    expect(interval.low).toBeCloseTo(low, 3);
    expect(interval.high).toBeCloseTo(high, 3);
  });

  it("Wilson's holds the share, stays in 0 to 1, and narrows with more trials", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5_000 }), fc.double({ min: 0, max: 1, noNaN: true }), (trials, share) => {
        const wins = Math.round(share * trials);
        const { value, low, high } = wilson(wins, trials)!;
        expect(low <= value && value <= high && low >= 0 && high <= 1).toBe(true);
        const more = wilson(wins * 10, trials * 10)!;
        expect(more.high - more.low).toBeLessThan(high - low);
      }),
      { seed: 4 },
    );
    expect(wilson(0, 0)).toBeNull();
  });

  it("the bootstrap's covers the true mean about as often as it says", () => {
    const random = new Random("coverage");
    let covered = 0;
    const runs = 120;
    for (let run = 0; run < runs; run++) {
      const values = Array.from({ length: 40 }, () => 3 + 2 * random.normal());
      const { low, high } = bootstrapMean(values, "x")!;
      if (low <= 3 && 3 <= high) covered++;
    }
    expect(covered / runs).toBeGreaterThan(0.88);
    expect(covered / runs).toBeLessThan(0.99);
  });

  it("the bootstrap's is the same again, and is not there below two values", () => {
    expect(bootstrapMean([1, 2, 5], "a")).toEqual(bootstrapMean([1, 2, 5], "a"));
    expect(bootstrapMean([1, 2, 5], "a")!.value).toBeCloseTo(8 / 3);
    expect(bootstrapMean([4, 4, 4], "a")).toEqual({ value: 4, low: 4, high: 4 });
    expect([bootstrapMean([], "a"), bootstrapMean([1], "a")]).toEqual([null, null]);
  });

  it.each([
    [0, 0, 1, "nothing moved"],
    [1, 0, 1, "one move says nothing"],
    [5, 0, 0.0625, "five of five is not yet below one in twenty"],
    [6, 0, 0.03125, "six of six is"],
    [8, 1, 0.0390625, "twenty of 512 splits are as uneven"],
    [5, 5, 1, "an even split leans nowhere"],
  ])("a sign test of %d up and %d down is %d because %s", (up, down, p) => {
    expect(signTest(up, down)).toBeCloseTo(p, 12);
    expect(signTest(down, up)).toBe(signTest(up, down));
  });
});
