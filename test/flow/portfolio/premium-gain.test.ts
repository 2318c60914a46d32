import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { premiumGainPct } from "../../../src/flow/portfolio/premium-gain.ts";
import { price, priceOfUnits } from "../../../src/words/price.ts";

describe("what a long option has gained", () => {
  it.each([
    ["2.00", "1.50", -25, "the stop, to the last digit"],
    ["1.20", "0.90", -25, "where doubles would say -25.000000000000004"],
    ["2.00", "1.51", -24.5, "not yet"],
    ["2.00", "2.30", 15, "the objective"],
    ["0.07", "0.05", -28.571428, "rounded toward zero"],
    ["1", "0", -100, "a bid of nothing is a loss of all"],
  ])("paid %s and bid %s it is %d: %s", (paid, bid, gain) => {
    expect(premiumGainPct(price(paid), price(bid))).toBe(gain);
  });

  it("is no number where nothing was paid", () => {
    expect(premiumGainPct(priceOfUnits(0n), price("1"))).toBeNaN();
  });

  it("compares with a whole percentage as the exact fraction does", () => {
    const cents = fc.integer({ min: 1, max: 100_000 });
    fc.assert(
      fc.property(cents, cents, fc.integer({ min: -99, max: 200 }), (paid, bid, threshold) => {
        const gain = premiumGainPct(price(String(paid / 100)), price(String(bid / 100)));
        const exact = (bid - paid) * 100 - threshold * paid;
        if (threshold < 0) expect(gain <= threshold).toBe(exact <= 0);
        else expect(gain >= threshold).toBe(exact >= 0);
      }),
      { seed: 71 },
    );
  });
});
