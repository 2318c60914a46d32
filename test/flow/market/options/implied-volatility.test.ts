import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { blackScholes } from "../../../../src/flow/market/options/black-scholes.ts";
import { impliedVolatility, solveVolatility } from "../../../../src/flow/market/options/implied-volatility.ts";
import { anyTerms, anyVolatility, terms } from "./some-terms.ts";

const call = terms("call", 100, 90, 0.5, 0.04);

describe("implied volatility", () => {
  it.each([
    { of: call, price: 11.7, code: "below_intrinsic", because: "the forward alone is worth 11.78 more than the strike today" },
    { of: call, price: 100, code: "above_bound", because: "a call is never worth the whole share" },
    { of: { ...call, right: "put" as const }, price: 0, code: "below_intrinsic", because: "nothing is what no volatility gives" },
    { of: { ...call, right: "put" as const }, price: 89, code: "above_bound", because: "a put is worth less than its strike, discounted" },
    { of: { ...call, years: 0 }, price: 12, code: "expired", because: "there is no time left for a volatility" },
    { of: call, price: Number.NaN, code: "not_a_number", because: "a price that is none" },
    { of: { ...call, underlying: 0 }, price: 1, code: "not_a_number", because: "an underlying without a price" },
    { of: { ...call, rate: Number.NaN }, price: 12, code: "not_a_number", because: "a rate that is none" },
  ])("$price is $code: $because", ({ of, price, code }) => {
    expect(impliedVolatility(of, price)).toMatchObject({ ok: false, error: { code } });
  });

  it("is 0.23 for Hull's 1.875 of a 21 dollar share (15.11)", () => {
    const found = impliedVolatility(terms("call", 21, 20, 0.25, 0.1), 1.875);
    expect(found.ok && found.value).toBeCloseTo(0.235, 3);
  });

  it("gives the price back to the last digits, wherever a price says anything of volatility", () => {
    fc.assert(
      fc.property(anyTerms, anyVolatility, (of, volatility) => {
        const price = blackScholes(of, volatility);
        const found = impliedVolatility(of, price);
        if (!found.ok) expect(["below_intrinsic", "above_bound"]).toContain(found.error.code);
        else expect(Math.abs(blackScholes(of, found.value) - price)).toBeLessThan(1e-9);
      }),
      { seed: 21, numRuns: 500 },
    );
  });

  it("gives the volatility back where the option has time value to tell it by", () => {
    fc.assert(
      fc.property(anyTerms, anyVolatility, (of, volatility) => {
        const price = blackScholes(of, volatility);
        const least = blackScholes(of, 0);
        fc.pre(price - least > 1e-4);
        const found = impliedVolatility(of, price);
        expect(found.ok && Math.abs(found.value - volatility)).toBeLessThan(1e-6);
      }),
      { seed: 22, numRuns: 500 },
    );
  });

  it("comes to the same answer from whatever start a minute ago left", () => {
    fc.assert(
      fc.property(anyTerms, anyVolatility, fc.double({ min: 1e-3, max: 5, noNaN: true }), (of, volatility, start) => {
        const { right, underlying, strike, years, rate, dividendYield } = of;
        const price = blackScholes(of, volatility);
        fc.pre(price - blackScholes(of, 0) > 1e-4);
        const from = (at: number): number => solveVolatility(right === "call", underlying, strike, years, rate, dividendYield, price, at);
        expect(from(start)).toBeCloseTo(from(0), 7);
      }),
      { seed: 23, numRuns: 300 },
    );
  });
});
