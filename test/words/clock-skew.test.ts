import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { clockAgrees, clockSkewOf, surelyOffMs } from "../../src/words/clock-skew.ts";

describe("how far a clock is off (OPT-7)", () => {
  it.each<[asked: number, answered: number, told: number, step: number, skew: number, uncertainty: number, because: string]>([
    [1_000, 1_000, 1_000, 0, 0, 0, "no way at all and no difference"],
    [1_000, 1_000, 3_000, 0, 2_000, 0, "ahead is above zero"],
    [1_000, 1_000, 400, 0, -600, 0, "behind is below zero"],
    [1_000, 1_100, 1_050, 0, 0, 50, "it was right in the middle of the way"],
    [1_000, 1_101, 1_000, 0, -50.5, 50.5, "halves stay halves"],
    [1_000, 1_000, 1_000, 1_000, 500, 500, "whole seconds: it was somewhere in this one"],
    [1_000, 1_000, 1_000, 1, 0.5, 0.5, "whole milliseconds too"],
  ])("%s to %s, told %s in steps of %s: %s give or take %s, since %s", (asked, answered, told, step, skewMs, uncertaintyMs) => {
    expect(clockSkewOf(asked, answered, told, step)).toEqual({ skewMs, uncertaintyMs });
  });

  it("is never wrong by more than it says, however the way divides and wherever in its step the clock was", () => {
    const ms = fc.nat(5_000);
    fc.assert(
      fc.property(fc.integer({ min: -100_000, max: 100_000 }), ms, ms, fc.constantFrom(1, 10, 1_000), (trueSkewMs, there, back, stepMs) => {
        const askedMs = 1_000_000;
        const clockMs = askedMs + there + trueSkewMs;
        const toldMs = clockMs - (((clockMs % stepMs) + stepMs) % stepMs);
        const { skewMs, uncertaintyMs } = clockSkewOf(askedMs, askedMs + there + back, toldMs, stepMs);
        expect(Math.abs(skewMs - trueSkewMs)).toBeLessThanOrEqual(uncertaintyMs);
        expect(surelyOffMs({ skewMs, uncertaintyMs })).toBeLessThanOrEqual(Math.abs(trueSkewMs));
      }),
      { seed: 20_261_122 },
    );
  });

  it("agrees up to half a second that is sure, where it is known to a second", () => {
    expect([clockAgrees({ skewMs: -500, uncertaintyMs: 0 }), clockAgrees({ skewMs: -501, uncertaintyMs: 0 })]).toEqual([true, false]);
    expect([clockAgrees({ skewMs: 1_500, uncertaintyMs: 1_000 }), clockAgrees({ skewMs: 0, uncertaintyMs: 1_001 })]).toEqual([true, false]);
  });
});
