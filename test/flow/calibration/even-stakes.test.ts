import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { evenStakes } from "../../../src/flow/calibration/even-stakes.ts";

fc.configureGlobal({ seed: 20261121 });

describe("a probability at even stakes (DUAL-1, DUAL-2)", () => {
  it.each([
    { p: 0.6, r: 1, is: 0.6, because: "with both levels equally far it is the probability itself" },
    { p: 1 / 3, r: 2, is: 0.5, because: "one in three at twice the stake gains what it loses" },
    { p: 0.25, r: 3, is: 0.5, because: "so does one in four at three times" },
    { p: 0.5, r: 2, is: 0.667, because: "of three that are expected to move two are won" },
    { p: 0.8, r: 0.2, is: 0.444, because: "a target that is near is met often and pays little" },
    { p: 0, r: 2, is: 0, because: "what never comes true is worth nothing" },
    { p: 1, r: 0.5, is: 1, because: "what always does cannot lose" },
    { p: 1, r: 0, is: 0, because: "nothing can be won without a way to the target" },
    { p: 0.4123, r: 1, is: 0.412, because: "it has as many digits as what the rules say" },
  ])("$p at $r times the risk is $is because $because", ({ p, r, is }) => {
    expect(evenStakes(p, r)).toBe(is);
  });

  const share = fc.double({ min: 0, max: 1, noNaN: true });
  const stakes = fc.double({ min: 0.01, max: 50, noNaN: true });

  it("is a share that never falls with the probability nor with the stakes, and one half exactly where a claim pays for its risk", () => {
    fc.assert(
      fc.property(share, share, stakes, stakes, (p, q, r, s) => {
        const [low, high] = [Math.min(p, q), Math.max(p, q)];
        expect(evenStakes(low, r)).toBeLessThanOrEqual(evenStakes(high, r));
        expect(evenStakes(p, Math.min(r, s))).toBeLessThanOrEqual(evenStakes(p, Math.max(r, s)));
        expect(evenStakes(p, r)).toBeGreaterThanOrEqual(0);
        expect(evenStakes(p, r)).toBeLessThanOrEqual(1);
        expect(evenStakes(1 / (1 + r), r)).toBe(0.5);
      }),
    );
  });
});
