import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { brier, type Scored } from "../../../src/flow/calibration/brier.ts";

fc.configureGlobal({ seed: 20261121 });

const scored = (confidence: number, hits: number, misses: number): Scored[] => [
  ...Array.from({ length: hits }, () => ({ confidence, cameTrue: true })),
  ...Array.from({ length: misses }, () => ({ confidence, cameTrue: false })),
];

describe("the Brier score", () => {
  // The rain examples that introduce the score: 100% and it rains 0, 100% and it does not 1, 70% and it rains 0.09, 30% and it rains 0.49.
  it.each`
    confidence | came     | score   | because
    ${1}       | ${true}  | ${0}    | ${"certain and right"}
    ${1}       | ${false} | ${1}    | ${"certain and wrong"}
    ${0.7}     | ${true}  | ${0.09} | ${"(0.7 - 1) squared"}
    ${0.3}     | ${true}  | ${0.49} | ${"(0.3 - 1) squared"}
    ${0.5}     | ${true}  | ${0.25} | ${"half costs a quarter either way"}
    ${0.5}     | ${false} | ${0.25} | ${"half costs a quarter either way"}
  `("is $score for $confidence and $came: $because", ({ confidence, came, score }) => {
    expect(brier([{ confidence, cameTrue: came }])!.score).toBeCloseTo(score, 12);
  });

  it("splits as Murphy (1973) says, worked by hand: ten forecasts of 0.8 with seven hits, ten of 0.2 with one", () => {
    const found = brier([...scored(0.8, 7, 3), ...scored(0.2, 1, 9)])!;
    // Base 8/20. Reliability: both groups are off by 0.1. Resolution: both stand 0.3 from the base. Uncertainty: 0.4 * 0.6.
    expect(found.count).toBe(20);
    expect(found.reliability).toBeCloseTo(0.01, 12);
    expect(found.resolution).toBeCloseTo(0.09, 12);
    expect(found.uncertainty).toBeCloseTo(0.24, 12);
    expect(found.score).toBeCloseTo(0.16, 12);
  });

  it("is nothing without forecasts", () => {
    expect(brier([])).toBeUndefined();
  });

  const confidence = fc.integer({ min: 0, max: 20 }).map((twentieths) => twentieths / 20);
  const many = fc.array(fc.record({ confidence, cameTrue: fc.boolean() }), { minLength: 1, maxLength: 200 });

  it("is reliability less resolution plus uncertainty, whatever was said", () => {
    fc.assert(
      fc.property(many, (all) => {
        const { score, reliability, resolution, uncertainty } = brier(all)!;
        expect(score).toBeCloseTo(reliability - resolution + uncertainty, 12);
        for (const part of [score, reliability, resolution, uncertainty]) expect(part).toBeGreaterThanOrEqual(0);
      }),
    );
  });

  it("does not care in which order forecasts came true", () => {
    fc.assert(
      fc.property(many, (all) => {
        const [one, other] = [brier(all)!, brier([...all].reverse())!];
        for (const key of ["score", "reliability", "resolution", "uncertainty"] as const) expect(one[key]).toBeCloseTo(other[key], 12);
      }),
    );
  });
});
