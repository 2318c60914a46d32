import fc from "fast-check";
import type { OptionTerms } from "../../../../src/flow/market/options/black-scholes.ts";

export const terms = (
  right: "call" | "put",
  underlying: number,
  strike: number,
  years: number,
  rate: number,
  dividendYield = 0,
): OptionTerms => ({ right, underlying, strike, years, rate, dividendYield });

const between = (min: number, max: number): fc.Arbitrary<number> => fc.double({ min, max, noNaN: true });

/** Listed options as they come: from an hour to three years, a third to three times the money, rates from -1% to 15%. */
export const anyTerms: fc.Arbitrary<OptionTerms> = fc.record({
  right: fc.constantFrom("call" as const, "put" as const),
  underlying: fc.constant(100),
  strike: between(33, 300),
  years: between(1 / 8760, 3),
  rate: between(-0.01, 0.15),
  dividendYield: between(0, 0.12),
});

export const anyVolatility = between(0.03, 2);
