import { err, ok, type Result } from "../../../words/result.ts";
import type { Option } from "../../../words/instrument.ts";
import { bjerksundStensland } from "./bjerksund-stensland.ts";
import { blackScholes, blackScholesGreeks, daysPerYear, type OptionTerms } from "./black-scholes.ts";
import type { Greeks } from "./chain.ts";
import { impliedVolatility, volatilityFault, type NoVolatility } from "./implied-volatility.ts";

export type ExerciseStyle = Option["exercise"];

/** Whether early exercise is never worth anything: of a call without a yield, of a put without interest. */
const neverEarly = ({ right, rate, dividendYield }: OptionTerms): boolean => (right === "call" ? dividendYield <= 0 : rate <= 0);

const asEuropean = (of: OptionTerms, style: ExerciseStyle): boolean => style === "european" || neverEarly(of);

/** Terms and a volatility come in, the value in currency per unit of the underlying goes out: in closed form for both styles. */
export const optionValue = (of: OptionTerms, style: ExerciseStyle, volatility: number): number =>
  asEuropean(of, style) ? blackScholes(of, volatility) : bjerksundStensland(of, volatility);

/** European greeks in closed form; American ones as central differences of the closed form, which has no simple derivatives. */
export function optionGreeks(of: OptionTerms, style: ExerciseStyle, volatility: number): Greeks {
  if (asEuropean(of, style) || !(of.years > 0 && volatility > 0)) return blackScholesGreeks(of, volatility);
  const { underlying, years, rate } = of;
  const value = (changed: Partial<OptionTerms>, at = volatility): number => bjerksundStensland({ ...of, ...changed }, at);
  const move = underlying * Math.max(1e-4, Math.min(1e-2, 0.05 * volatility * Math.sqrt(years)));
  const up = value({ underlying: underlying + move });
  const down = value({ underlying: underlying - move });
  const time = Math.min(years / 4, 0.25 / daysPerYear);
  const vol = Math.min(volatility / 4, 1e-3);
  const step = 1e-4;
  return {
    delta: (up - down) / (2 * move),
    gamma: Math.max(0, (up - 2 * value({}) + down) / (move * move)),
    theta: (value({ years: years - time }) - value({ years: years + time })) / (2 * time * daysPerYear),
    vega: (value({}, volatility + vol) - value({}, volatility - vol)) / (200 * vol),
    rho: (value({ rate: rate + step }) - value({ rate: rate - step })) / (200 * step),
  };
}

/**
 * The volatility behind a price. An American option's is at most the European one, so that bracket is searched by false position with
 * the Illinois rule; a price at or below what exercise pays today says nothing of volatility.
 */
export function volatilityOf(of: OptionTerms, style: ExerciseStyle, price: number): Result<number, NoVolatility> {
  if (asEuropean(of, style)) return impliedVolatility(of, price);
  const { right, underlying, strike } = of;
  const exercised = Math.max(0, right === "call" ? underlying - strike : strike - underlying);
  const most = right === "call" ? underlying : strike;
  const fault = volatilityFault({ ...of, rate: 0, dividendYield: 0 }, price);
  if (fault !== undefined) return err(fault);
  const european = impliedVolatility(of, price);
  // Above the European bound an American price may still be below its own.
  const high = european.ok ? european.value : volatilityMax;
  if (bjerksundStensland(of, high) < price - 1e-12 * most) return err({ code: "above_bound", price, bound: bjerksundStensland(of, high) });
  return search((volatility) => bjerksundStensland(of, volatility) - price, high, exercised, price);
}

const volatilityMax = 20;

function search(excess: (volatility: number) => number, highest: number, exercised: number, price: number): Result<number, NoVolatility> {
  let [low, high] = [1e-4, highest];
  let [below, above] = [excess(low), excess(high)];
  if (below >= 0) return err({ code: "below_intrinsic", price, bound: Math.max(exercised, price + below) });
  let side = 0;
  for (let pass = 0; pass < 100 && high - low > 1e-10; pass++) {
    const secant = high - (above * (high - low)) / (above - below);
    const at = secant > low && secant < high ? secant : (low + high) / 2;
    const found = excess(at);
    if (Math.abs(found) < 1e-9 * price) return ok(at);
    // The end that stays a second time counts half, or it would stay for ever.
    if (found > 0) {
      [high, above] = [at, found];
      if (side > 0) below /= 2;
      side = 1;
    } else {
      [low, below] = [at, found];
      if (side < 0) above /= 2;
      side = -1;
    }
  }
  return ok((low + high) / 2);
}
