import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { bjerksundStensland } from "../../../../src/flow/market/options/bjerksund-stensland.ts";
import { blackScholes } from "../../../../src/flow/market/options/black-scholes.ts";
import { optionGreeks, optionValue, volatilityOf } from "../../../../src/flow/market/options/exercise-style.ts";
import { leisenReimer } from "./leisen-reimer.ts";
import { anyTerms, anyVolatility, terms } from "./some-terms.ts";

describe("American exercise: Bjerksund and Stensland 2002", () => {
  // Haug, The Complete Guide to Option Pricing Formulas (2007), table 3-2: strike 100, rate 10%, no cost of carry.
  it.each([
    { right: "call", S: 90, T: 0.1, v: 0.15, value: 0.0205 },
    { right: "call", S: 100, T: 0.1, v: 0.25, value: 3.1256 },
    { right: "call", S: 90, T: 0.5, v: 0.15, value: 0.8099 },
    { right: "call", S: 100, T: 0.5, v: 0.25, value: 6.7661 },
    { right: "call", S: 110, T: 0.5, v: 0.35, value: 15.5137 },
    { right: "put", S: 90, T: 0.5, v: 0.15, value: 10.54 },
    { right: "put", S: 100, T: 0.5, v: 0.25, value: 6.7661 },
    { right: "put", S: 110, T: 0.5, v: 0.35, value: 5.8374 },
  ] as const)("a $right at $S for $T years at $v is $value, as published", ({ right, S, T, v, value }) => {
    expect(bjerksundStensland(terms(right, S, 100, T, 0.1, 0.1), v)).toBeCloseTo(value, 4);
  });

  it("is never below the European value nor what exercise pays, nor above the underlying or the strike", () => {
    fc.assert(
      fc.property(anyTerms, anyVolatility, (of, volatility) => {
        const value = bjerksundStensland(of, volatility);
        const paid = of.right === "call" ? of.underlying - of.strike : of.strike - of.underlying;
        expect(value).toBeGreaterThanOrEqual(Math.max(0, paid, blackScholes(of, volatility)));
        expect(value).toBeLessThanOrEqual(of.right === "call" ? of.underlying : Math.max(of.strike, blackScholes(of, volatility)));
      }),
      { seed: 11 },
    );
  });

  it("is within a hundredth of a binomial tree's value and a cent of a 100 dollar share, and seldom above it", () => {
    fc.assert(
      fc.property(anyTerms, anyVolatility, (of, volatility) => {
        fc.pre(of.years > 0.02 && of.years < 1.5 && of.rate > 0 && volatility > 0.1 && volatility < 1);
        const tree = leisenReimer(of, true, volatility, 201);
        const off = bjerksundStensland(of, volatility) - tree;
        expect(Math.abs(off)).toBeLessThan(0.02 + 0.01 * tree);
      }),
      { seed: 12, numRuns: 150 },
    );
  });

  it("is the European value where early exercise is never worth it: a call without a yield", () => {
    const of = terms("call", 100, 95, 0.7, 0.05);
    expect(optionValue(of, "american", 0.3)).toBe(blackScholes(of, 0.3));
  });

  it("rises with volatility and with time", () => {
    fc.assert(
      fc.property(anyTerms, anyVolatility, (of, volatility) => {
        fc.pre(volatility > 0.1 && of.rate >= 0);
        const value = optionValue(of, "american", volatility);
        expect(optionValue(of, "american", volatility * 1.1)).toBeGreaterThan(value - 2e-3);
        expect(optionValue({ ...of, years: of.years * 1.2 }, "american", volatility)).toBeGreaterThan(value - 2e-2);
      }),
      { seed: 13 },
    );
  });

  it("gives its volatility back from its value", () => {
    fc.assert(
      fc.property(anyTerms, anyVolatility, (of, volatility) => {
        const value = optionValue(of, "american", volatility);
        const found = volatilityOf(of, "american", value);
        const paid = of.right === "call" ? of.underlying - of.strike : of.strike - of.underlying;
        // What is worth no more than its exercise, now or at the end, says nothing of volatility, and is refused.
        if (!found.ok) expect(value - Math.max(paid, blackScholes(of, 0))).toBeLessThan(0.01);
        else expect(Math.abs(optionValue(of, "american", found.value) - value)).toBeLessThan(1e-6 * Math.max(1, value));
      }),
      { seed: 14, numRuns: 60 },
    );
  });

  it("has greeks near the European ones where both are worth the same", () => {
    const of = terms("call", 100, 105, 0.25, 0.05, 1e-9);
    const [american, european] = [optionGreeks(of, "american", 0.3), optionGreeks(of, "european", 0.3)];
    for (const name of ["delta", "gamma", "theta", "vega", "rho"] as const) expect(american[name]).toBeCloseTo(european[name], 4);
  });

  it("theta is what a day costs: the value of tomorrow less that of today", () => {
    fc.assert(
      fc.property(anyTerms, anyVolatility, (of, volatility) => {
        fc.pre(of.years > 0.1 && volatility > 0.1 && of.rate > 0);
        const { theta, delta } = optionGreeks(of, "american", volatility);
        const day = 1 / 365;
        const cost = optionValue({ ...of, years: of.years - day }, "american", volatility) - optionValue(of, "american", volatility);
        expect(theta).toBeCloseTo(cost, 2);
        expect(of.right === "call" ? delta : -delta).toBeGreaterThanOrEqual(-1e-6);
        expect(Math.abs(delta)).toBeLessThanOrEqual(1 + 1e-3);
      }),
      { seed: 15, numRuns: 50 },
    );
  });
});
