import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { bivariateNormal } from "../../../../src/flow/market/options/bivariate-normal.ts";
import { blackScholes, blackScholesGreeks } from "../../../../src/flow/market/options/black-scholes.ts";
import { normalDistribution } from "../../../../src/flow/market/options/normal.ts";
import { leisenReimer } from "./leisen-reimer.ts";
import { anyTerms, anyVolatility, terms } from "./some-terms.ts";

describe("the normal distribution", () => {
  it.each([
    { x: 0, chance: 0.5, because: "it is symmetric" },
    { x: 1, chance: 0.841344746068543, because: "Abramowitz and Stegun, table 26.1" },
    { x: -1.96, chance: 0.0249978951482204, because: "the same table, the other tail" },
    { x: -8, chance: 6.22096057427178e-16, because: "far tails must not be zero" },
    { x: -40, chance: 0, because: "below the smallest double" },
  ])("at $x is $chance: $because", ({ x, chance }) => {
    expect(Math.abs(normalDistribution(x) - chance)).toBeLessThan(1e-14 + 1e-7 * Math.min(chance, 1e-9));
  });

  it.each([
    { rho: 0.5, chance: 1 / 3 },
    { rho: -0.5, chance: 1 / 6 },
    { rho: Math.SQRT1_2, chance: 3 / 8 },
    { rho: 0.786, chance: 0.25 + Math.asin(0.786) / (2 * Math.PI) },
  ])("in two dimensions at (0, 0) with correlation $rho is $chance: Sheppard's 1/4 + asin(rho)/2π", ({ rho, chance }) => {
    expect(bivariateNormal(0, 0, rho)).toBeCloseTo(chance, 14);
  });

  it("in two dimensions adds up: P(x<a, y<b) + P(x<a, y>b) = P(x<a)", () => {
    const point = fc.double({ min: -6, max: 6, noNaN: true });
    fc.assert(
      fc.property(point, point, fc.double({ min: -0.9, max: 0.9, noNaN: true }), (a, b, rho) => {
        const both = bivariateNormal(a, b, rho) + bivariateNormal(a, -b, -rho);
        expect(Math.abs(both - normalDistribution(a))).toBeLessThan(1e-10);
      }),
      { seed: 1 },
    );
  });
});

describe("Black, Scholes and Merton", () => {
  it.each([
    { of: terms("call", 60, 65, 0.25, 0.08), volatility: 0.3, value: 2.1334, because: "Haug (2007), 1.1.1" },
    { of: terms("put", 100, 95, 0.5, 0.1, 0.05), volatility: 0.2, value: 2.4648, because: "Haug (2007), 1.1.2, with a yield" },
    { of: terms("call", 19, 19, 0.75, 0.1, 0.1), volatility: 0.28, value: 1.7011, because: "Haug (2007), 1.1.3: Black's future" },
    { of: terms("call", 1.56, 1.6, 0.5, 0.06, 0.08), volatility: 0.12, value: 0.0291, because: "Haug (2007), 1.1.5: a currency" },
    { of: terms("call", 42, 40, 0.5, 0.1), volatility: 0.2, value: 4.7594, because: "Hull, Options, Futures and Other Derivatives, 15.6" },
    { of: terms("put", 42, 40, 0.5, 0.1), volatility: 0.2, value: 0.8086, because: "the same example's put" },
  ])("$value: $because", ({ of, volatility, value }) => {
    expect(blackScholes(of, volatility)).toBeCloseTo(value, 4);
  });

  it("has Hull's greeks: delta 0.522, gamma 0.066, vega 12.1, theta -4.31 a year, rho 8.91 (19.1 to 19.8)", () => {
    const { delta, gamma, theta, vega, rho } = blackScholesGreeks(terms("call", 49, 50, 0.3846, 0.05), 0.2);
    expect(delta).toBeCloseTo(0.522, 3);
    expect(gamma).toBeCloseTo(0.066, 3);
    expect(theta * 365).toBeCloseTo(-4.31, 2);
    expect(vega * 100).toBeCloseTo(12.1, 1);
    expect(rho * 100).toBeCloseTo(8.91, 2);
  });

  it("keeps put-call parity: call - put = forward worth - strike discounted", () => {
    fc.assert(
      fc.property(anyTerms, anyVolatility, (of, volatility) => {
        const call = blackScholes({ ...of, right: "call" }, volatility);
        const put = blackScholes({ ...of, right: "put" }, volatility);
        const worth = of.underlying * Math.exp(-of.dividendYield * of.years) - of.strike * Math.exp(-of.rate * of.years);
        expect(Math.abs(call - put - worth)).toBeLessThan(1e-10);
      }),
      { seed: 2 },
    );
  });

  it("rises with volatility, and with the underlying for calls, against it for puts", () => {
    fc.assert(
      fc.property(anyTerms, anyVolatility, fc.double({ min: 1.001, max: 1.5, noNaN: true }), (of, volatility, more) => {
        const value = blackScholes(of, volatility);
        expect(blackScholes(of, volatility * more)).toBeGreaterThanOrEqual(value - 1e-12);
        const moved = blackScholes({ ...of, underlying: of.underlying * more }, volatility) - value;
        expect(of.right === "call" ? moved : -moved).toBeGreaterThanOrEqual(-1e-12);
      }),
      { seed: 3 },
    );
  });

  it("has greeks that are the slopes of its value", () => {
    fc.assert(
      fc.property(anyTerms, anyVolatility, (of, volatility) => {
        fc.pre(of.years > 0.02);
        const greeks = blackScholesGreeks(of, volatility);
        const slope = (name: keyof typeof of, step: number): number => {
          const at = of[name] as number;
          return (
            (blackScholes({ ...of, [name]: at + step }, volatility) - blackScholes({ ...of, [name]: at - step }, volatility)) / (2 * step)
          );
        };
        expect(greeks.delta).toBeCloseTo(slope("underlying", 1e-3), 5);
        expect(greeks.theta).toBeCloseTo(-slope("years", 1e-6) / 365, 5);
        expect(greeks.rho).toBeCloseTo(slope("rate", 1e-6) / 100, 5);
        const vega = (blackScholes(of, volatility + 1e-5) - blackScholes(of, volatility - 1e-5)) / 2e-5;
        expect(greeks.vega).toBeCloseTo(vega / 100, 5);
        expect(greeks.gamma).toBeGreaterThanOrEqual(0);
      }),
      { seed: 4 },
    );
  });

  it("is what a binomial tree comes to", () => {
    fc.assert(
      fc.property(anyTerms, anyVolatility, (of, volatility) => {
        fc.pre(
          of.years > 0.05 &&
            volatility > 0.1 &&
            volatility < 1 &&
            Math.abs(Math.log(of.strike / 100)) < 2 * volatility * Math.sqrt(of.years),
        );
        expect(Math.abs(leisenReimer(of, false, volatility, 201) - blackScholes(of, volatility))).toBeLessThan(2e-3);
      }),
      { seed: 5, numRuns: 60 },
    );
  });

  it("is worth its exercise at expiry, with a delta of all or nothing", () => {
    expect(blackScholes(terms("call", 103, 100, 0, 0.05), 0.2)).toBe(3);
    expect(blackScholesGreeks(terms("put", 103, 100, 0, 0.05), 0.2)).toMatchObject({ delta: 0, gamma: 0, vega: 0 });
    expect(blackScholesGreeks(terms("put", 97, 100, 0, 0.05), 0.2).delta).toBe(-1);
  });
});
