import { approximately } from "../../../words/exact.ts";
import type { InstrumentId } from "../../../words/ids.ts";
import { msOf } from "../../../words/instant.ts";
import { blackScholesGreeks, type OptionTerms } from "./black-scholes.ts";
import type { Chain, ChainQuote, Greeks } from "./chain.ts";
import { optionGreeks, volatilityOf } from "./exercise-style.ts";
import { expiryAt, yearsBetween } from "./expiry-time.ts";
import type { NoVolatility } from "./implied-volatility.ts";

/** A checked chain comes in; the same chain goes out with a volatility and greeks on every quote that has them or can be given them. */

/** Continuous, a year's: 0.05 is 5%. The yield is the underlying's. */
export type MarketRates = { readonly rate: number; readonly dividendYield: number };

export type Unvalued = {
  readonly instrument: InstrumentId;
  /** `venue_greeks` were of the wrong sign or unit and were replaced; the others leave the quote without greeks. */
  readonly code: NoVolatility["code"] | "implausible_volatility" | "venue_greeks";
};

export type ValuedChain = { readonly chain: Chain; readonly unvalued: readonly Unvalued[] };

/** Volatilities outside of this are errors of the quote, not opinions of the market. */
export const plausibleVolatility = { least: 0.01, most: 5 } as const;

/** Greeks of a unit that is not ours (theta a year, vega a whole 1.00) are this many times off or more. */
const unitFactor = 20;

/** What an option is priced by at the instant of its chain. */
export function termsOf({ instrument }: ChainQuote, chain: Chain, { rate, dividendYield }: MarketRates): OptionTerms {
  const ends = expiryAt(instrument.expiry);
  return {
    right: instrument.right,
    underlying: approximately(chain.underlyingPrice),
    strike: approximately(instrument.strike),
    years: ends === undefined ? 0 : yearsBetween(msOf(chain.asOf), ends),
    rate,
    dividendYield,
  };
}

export const midOf = ({ bid, ask }: ChainQuote): number => approximately(bid + ask) / 2;

/** Signs and sizes that hold for every option by any model: a feed that breaks them sends another unit or another contract. */
function areSane(greeks: Greeks, right: "call" | "put", like: Greeks): boolean {
  const { delta, gamma, theta, vega } = greeks;
  if (![delta, gamma, theta, vega].every(Number.isFinite)) return false;
  const direction = right === "call" ? delta : -delta;
  if (direction < -1e-6 || direction > 1 + 1e-6 || gamma < -1e-6 || vega < -1e-6) return false;
  const within = (value: number, model: number): boolean => Math.abs(value) <= unitFactor * Math.max(Math.abs(model), 1e-3);
  return within(theta, like.theta) && within(vega, like.vega);
}

function valued(quote: ChainQuote, chain: Chain, rates: MarketRates): { readonly quote: ChainQuote; readonly code?: Unvalued["code"] } {
  const terms = termsOf(quote, chain, rates);
  const { right, exercise } = quote.instrument;
  const { iv: quoted, greeks: sent, ...bare } = quote;
  const known = quoted !== undefined && quoted >= plausibleVolatility.least && quoted <= plausibleVolatility.most;
  if (known && sent !== undefined && areSane(sent, right, blackScholesGreeks(terms, quoted))) return { quote };
  const solved = volatilityOf(terms, exercise, midOf(quote));
  if (!solved.ok) return { quote: bare, code: solved.error.code };
  const iv = solved.value;
  if (iv < plausibleVolatility.least || iv > plausibleVolatility.most) return { quote: bare, code: "implausible_volatility" };
  if (sent !== undefined && areSane(sent, right, blackScholesGreeks(terms, iv))) return { quote: { ...bare, iv, greeks: sent } };
  const greeks = { ...optionGreeks(terms, exercise, iv), source: "computed" } as const;
  const whole = { ...bare, iv, greeks };
  return sent === undefined ? { quote: whole } : { quote: whole, code: "venue_greeks" };
}

/**
 * Gives every quote of a checked chain its volatility and greeks: the venue's where they are sane, else our own from the mid, by the
 * contract's exercise style and marked `computed`. A quote that no volatility explains keeps its place without them and is named.
 */
export function valueChain(chain: Chain, rates: MarketRates): ValuedChain {
  const unvalued: Unvalued[] = [];
  const quotes = chain.quotes.map((each) => {
    const { quote, code } = valued(each, chain, rates);
    if (code !== undefined) unvalued.push({ instrument: each.instrument.id, code });
    return quote;
  });
  return { chain: { ...chain, quotes }, unvalued };
}
