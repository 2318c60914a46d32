import { err, ok, type Result } from "../../../words/result.ts";
import type { OptionTerms } from "./black-scholes.ts";
import { normalDistribution, rootTwoPi } from "./normal.ts";

/** Why no volatility explains a price; `bound` is the price that it would have to be above, or below. */
export type NoVolatility =
  /** At or below what the option is worth with no volatility at all. */
  | { readonly code: "below_intrinsic"; readonly price: number; readonly bound: number }
  /** At or above what it cannot be worth with any: a call the underlying, a put the strike, both discounted. */
  | { readonly code: "above_bound"; readonly price: number; readonly bound: number }
  | { readonly code: "expired"; readonly years: number }
  /** A price, rate, strike or underlying that is no number, or not above zero where it has to be. */
  | { readonly code: "not_a_number" };

const passesMax = 60;
/** Total volatility at which an option is worth its bound to the last digit. */
const most = 20;
/** A relative step as small as this is the last: both kinds at least square the error, so that all digits stand after it. */
const lastStep = 1e-8;

/**
 * The total volatility (a year's times the root of the years) at which an out-of-the-money option, valued in units of the root of
 * forward times strike, is worth `value`; `x` is the logarithm of the nearer over the farther, at most zero; 0 < value < exp(x/2).
 * Below the inflection at √(2|x|) (Manaster and Koehler 1982) Newton runs on 1/ln(value), which is nearly a parabola there (Jäckel, By
 * Implication, 2006); above it Halley's step is used. A step that leaves the bracket goes back to the inflection, from which both
 * converge, or to the middle.
 */
function totalVolatility(x: number, value: number, start: number): number {
  const grown = Math.exp(x / 2);
  const turn = Math.sqrt(-2 * x);
  const logValue = Math.log(value);
  let low = 0;
  let high = most;
  let s = start > 0 ? start : turn > 0 ? turn : 2 * rootTwoPi * value;
  for (let pass = 0; pass < passesMax; pass++) {
    const ratio = x / s;
    const d1 = ratio + s / 2;
    const bell = Math.exp(-0.5 * d1 * d1);
    // exp(-d2²/2) is exp(-d1²/2) times exp(x): one exponential serves both.
    const guess = grown * normalDistribution(d1, bell) - normalDistribution(d1 - s, bell * grown * grown) / grown;
    const slope = (grown * bell) / rootTwoPi;
    if (guess > value) high = s;
    else low = s;
    let step: number;
    if (s < turn && guess > 0) {
      const logGuess = Math.log(guess);
      step = ((logGuess - logValue) * logGuess * guess) / (logValue * slope);
    } else {
      const newton = (guess - value) / slope;
      const curve = (ratio * ratio) / s - s / 4;
      step = newton / Math.max(0.5, 1 - 0.5 * newton * curve);
    }
    let next = s - step;
    if (Math.abs(step) <= lastStep * s) return next;
    if (!(next > low && next < high)) next = turn > low && turn < high ? turn : (low + high) / 2;
    s = next;
  }
  return s;
}

/**
 * The European volatility behind a price, for hot loops: NaN where there is none. `start`, the answer of a minute ago, saves half of the
 * work; zero where there is none. What is deep in the money is solved by its twin out of the money, with which parity ties it.
 */
export function solveVolatility(
  call: boolean,
  underlying: number,
  strike: number,
  years: number,
  rate: number,
  dividendYield: number,
  price: number,
  start: number,
): number {
  const worth = dividendYield === 0 ? underlying : underlying * Math.exp(-dividendYield * years);
  const owed = strike * Math.exp(-rate * years);
  const inside = call ? worth - owed : owed - worth;
  const timeValue = inside > 0 ? price - inside : price;
  const scale = Math.sqrt(worth * owed);
  const bound = worth < owed ? worth : owed;
  if (!(timeValue > 0 && timeValue < bound)) return Number.NaN;
  const rootYears = Math.sqrt(years);
  const x = -Math.abs(Math.log(worth / owed));
  return totalVolatility(x, timeValue / scale, start * rootYears) / rootYears;
}

/** The bounds that a European price has to keep, and what it breaks. */
export function volatilityFault(of: OptionTerms, price: number): NoVolatility | undefined {
  const { right, underlying, strike, years, rate, dividendYield } = of;
  const worth = underlying * Math.exp(-dividendYield * years);
  const owed = strike * Math.exp(-rate * years);
  if (!(underlying > 0 && strike > 0 && Number.isFinite(worth) && Number.isFinite(owed) && Number.isFinite(price)))
    return { code: "not_a_number" };
  if (!(years > 0)) return { code: "expired", years };
  const least = Math.max(0, right === "call" ? worth - owed : owed - worth);
  if (price <= least) return { code: "below_intrinsic", price, bound: least };
  const bound = right === "call" ? worth : owed;
  return price >= bound ? { code: "above_bound", price, bound } : undefined;
}

/** The volatility, a fraction a year, at which `blackScholes` gives this price; every bound is checked first. */
export function impliedVolatility(of: OptionTerms, price: number): Result<number, NoVolatility> {
  const fault = volatilityFault(of, price);
  if (fault !== undefined) return err(fault);
  const { right, underlying, strike, years, rate, dividendYield } = of;
  const found = solveVolatility(right === "call", underlying, strike, years, rate, dividendYield, price, 0);
  // A price so close to a bound that the doubles in between are lost has no volatility that could be told from none.
  return Number.isFinite(found)
    ? ok(found)
    : err({ code: "below_intrinsic", price, bound: right === "call" ? underlying - strike : strike - underlying });
}
