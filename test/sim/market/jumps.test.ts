import { describe, expect, it } from "vitest";
import { Jumps } from "../../../src/sim/market/jumps.ts";
import { Random } from "../../../src/sim/random.ts";
import { deviationOf, excessKurtosisOf, meanOf } from "./statistics.ts";

describe("Jumps", () => {
  const steps = 400_000;
  const dayVolatility = 0.03;
  const jumps = new Jumps(new Random("jumps"), 0.02, dayVolatility);
  const sizes = Array.from({ length: steps }, () => jumps.endStep()).filter((size) => size !== 0);

  it("come as often as asked", () => {
    expect(Math.abs(sizes.length / steps / 0.02 - 1)).toBeLessThan(0.05);
  });

  it("are mostly small, either way alike, with fat tails that end at two days' worth", () => {
    expect(Math.abs(meanOf(sizes))).toBeLessThan(0.05 * deviationOf(sizes));
    expect(sizes.filter((size) => Math.abs(size) < 0.2 * dayVolatility).length).toBeGreaterThan(sizes.length / 2);
    expect(excessKurtosisOf(sizes)).toBeGreaterThan(2);
    expect(Math.max(...sizes.map(Math.abs))).toBeCloseTo(2 * dayVolatility, 12);
  });

  it("never come when none are asked for", () => {
    const none = new Jumps(new Random("none"), 0, dayVolatility);
    expect(Array.from({ length: 1000 }, () => none.endStep()).every((size) => size === 0)).toBe(true);
  });
});
