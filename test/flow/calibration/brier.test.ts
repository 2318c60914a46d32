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
    expect(found.within, "each bin holds one confidence").toBeCloseTo(0, 12);
  });

  it("has the parts within bins of Stephenson, Coelho and Jolliffe (2008), worked by hand: 0.62 came true, 0.64 did not, 0.1 did not twice", () => {
    const found = brier([{ confidence: 0.62, cameTrue: true }, { confidence: 0.64, cameTrue: false }, ...scored(0.1, 0, 2)])!;
    // One bin says 0.63 and half came true, the other 0.1 and none did; the base is 1/4.
    expect(found.reliability).toBeCloseTo((2 * 0.13 ** 2 + 2 * 0.1 ** 2) / 4, 12);
    expect(found.resolution).toBeCloseTo((2 * 0.25 ** 2 + 2 * 0.25 ** 2) / 4, 12);
    expect(found.uncertainty).toBeCloseTo(0.1875, 12);
    // Spread 2 * 0.01 squared; with outcomes it goes by -0.01 * 0.5 twice, which counts twice and against.
    expect(found.within).toBeCloseTo((2 * 0.01 ** 2 + 2 * 2 * 0.01 * 0.5) / 4, 12);
    expect(found.score).toBeCloseTo((0.38 ** 2 + 0.64 ** 2 + 2 * 0.1 ** 2) / 4, 12);
  });

  it("does not call forecasts that are all different perfect in resolution", () => {
    // A thousand confidences of three decimals that say nothing of what comes: nothing is resolved, up to chance.
    const noise = Array.from({ length: 1_000 }, (_, at) => ({ confidence: at / 1_000, cameTrue: at % 2 === 0 }));
    const { resolution, uncertainty, reliability } = brier(noise)!;
    expect(resolution).toBeLessThan(uncertainty / 100);
    expect(reliability).toBeCloseTo(1 / 12, 2);
  });

  it.each`
    low     | high     | together | because
    ${0.6}  | ${0.649} | ${true}  | ${"a bin is 0.05 wide"}
    ${0.6}  | ${0.65}  | ${false} | ${"a bound begins the next bin"}
    ${0.55} | ${0.6}   | ${false} | ${"0.6 times 20 as a float is just 12"}
    ${0.95} | ${1}     | ${true}  | ${"certainty is in the last bin"}
    ${0}    | ${0.049} | ${true}  | ${"the first bin begins at none"}
  `("bins $low and $high together: $together, because $because", ({ low, high, together }) => {
    const { reliability } = brier([
      { confidence: low, cameTrue: true },
      { confidence: high, cameTrue: false },
    ])!;
    const asOne = ((low + high) / 2 - 0.5) ** 2;
    const asTwo = ((1 - low) ** 2 + high ** 2) / 2;
    expect(reliability).toBeCloseTo(together ? asOne : asTwo, 12);
  });

  it("is nothing without forecasts", () => {
    expect(brier([])).toBeUndefined();
  });

  const confidence = fc.integer({ min: 0, max: 1_000 }).map((thousandths) => thousandths / 1_000);
  const many = fc.array(fc.record({ confidence, cameTrue: fc.boolean() }), { minLength: 1, maxLength: 200 });

  it("is reliability less resolution, with uncertainty and what bins leave out, whatever was said", () => {
    fc.assert(
      fc.property(many, (all) => {
        const { score, reliability, resolution, uncertainty, within } = brier(all)!;
        expect(score).toBeCloseTo(reliability - resolution + uncertainty + within, 12);
        for (const part of [score, reliability, resolution, uncertainty]) expect(part).toBeGreaterThanOrEqual(0);
      }),
    );
  });

  it("does not care in which order forecasts came true", () => {
    fc.assert(
      fc.property(many, (all) => {
        const [one, other] = [brier(all)!, brier([...all].reverse())!];
        for (const key of ["score", "reliability", "resolution", "uncertainty", "within"] as const)
          expect(one[key]).toBeCloseTo(other[key], 12);
      }),
    );
  });
});
