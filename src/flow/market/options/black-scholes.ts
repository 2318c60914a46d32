import type { Greeks } from "./chain.ts";
import { normalDistribution, rootTwoPi } from "./normal.ts";

/** What an option is worth by, in plain numbers: rates and yields are continuous and a year's, 0.05 is 5%. */
export type OptionTerms = {
  readonly right: "call" | "put";
  readonly underlying: number;
  readonly strike: number;
  /** Years of 365 days to the end of the last session; zero at expiry. */
  readonly years: number;
  readonly rate: number;
  readonly dividendYield: number;
};

export const daysPerYear = 365;

/** Where `priceInto` writes: the value, and the greeks in the units of `Greeks`. */
export const slot = { value: 0, delta: 1, gamma: 2, theta: 3, vega: 4, rho: 5 } as const;
export const slots = 6;

/**
 * Black, Scholes and Merton (1973) with a continuous dividend yield, for hot loops: no allocation and no record. Writes six numbers
 * into `into` from `at` on, in the order of `slot`. At expiry, or without volatility, it is the forward's intrinsic value discounted.
 */
export function priceInto(
  into: Float64Array,
  at: number,
  call: boolean,
  underlying: number,
  strike: number,
  years: number,
  rate: number,
  dividendYield: number,
  volatility: number,
): void {
  const rootYears = Math.sqrt(years);
  const spread = volatility * rootYears;
  const worth = dividendYield === 0 ? underlying : underlying * Math.exp(-dividendYield * years);
  const discount = Math.exp(-rate * years);
  const owed = strike * discount;
  if (!(spread > 0)) return certainInto(into, at, call, worth, owed, years, rate, dividendYield, underlying);
  const d1 = Math.log(worth / owed) / spread + spread / 2;
  const d2 = d1 - spread;
  const bell = Math.exp(-0.5 * d1 * d1);
  const n1 = normalDistribution(d1, bell);
  const n2 = normalDistribution(d2);
  const density = bell / rootTwoPi;
  const vega = worth * density * rootYears;
  const asset = call ? worth * n1 : worth * (n1 - 1);
  const cash = call ? owed * n2 : owed * (n2 - 1);
  into[at] = asset - cash;
  into[at + 1] = asset / underlying;
  into[at + 2] = (worth * density) / (underlying * underlying * spread);
  into[at + 3] = ((-vega * volatility) / (2 * years) - rate * cash + dividendYield * asset) / daysPerYear;
  into[at + 4] = vega / 100;
  into[at + 5] = (cash * years) / 100;
}

function certainInto(
  into: Float64Array,
  at: number,
  call: boolean,
  worth: number,
  owed: number,
  years: number,
  rate: number,
  dividendYield: number,
  underlying: number,
): void {
  const direction = call ? 1 : -1;
  const inside = direction * (worth - owed) > 0;
  const asset = inside ? direction * worth : 0;
  const cash = inside ? direction * owed : 0;
  into[at] = asset - cash;
  into[at + 1] = asset / underlying;
  into[at + 2] = 0;
  into[at + 3] = (dividendYield * asset - rate * cash) / daysPerYear;
  into[at + 4] = 0;
  into[at + 5] = (cash * years) / 100;
}

const work = new Float64Array(slots);

function priced(of: OptionTerms, volatility: number): Float64Array {
  const { right, underlying, strike, years, rate, dividendYield } = of;
  priceInto(work, 0, right === "call", underlying, strike, years, rate, dividendYield, volatility);
  return work;
}

/** The European value in currency per unit of the underlying; `volatility` is a fraction a year. */
export const blackScholes = (of: OptionTerms, volatility: number): number => priced(of, volatility)[slot.value] ?? Number.NaN;

export function blackScholesGreeks(of: OptionTerms, volatility: number): Greeks {
  const [, delta = Number.NaN, gamma = Number.NaN, theta = Number.NaN, vega = Number.NaN, rho = Number.NaN] = priced(of, volatility);
  return { delta, gamma, theta, vega, rho };
}
