import { approximately } from "../../../words/exact.ts";
import type { Option } from "../../../words/instrument.ts";
import { intervalMs } from "../../../words/interval.ts";
import type { Bars } from "../bars.ts";
import { optionGreeks, volatilityOf } from "./exercise-style.ts";
import { expiryAt, yearsBetween } from "./expiry-time.ts";
import { plausibleVolatility, type MarketRates } from "./value-chain.ts";

/**
 * An option's bars with those of its underlying in; the same bars go out with volatility and greeks in every row that lacked them and
 * whose middle a plausible volatility explains, marked `computed` (OPT-5). Rows that none explains stay without, and block an entry.
 */
export function completeGreeks(instrument: Option, bars: Bars, underlying: Bars, rates: MarketRates): Bars {
  const { contract } = bars;
  const ends = expiryAt(instrument.expiry);
  if (contract === undefined || ends === undefined) return bars;
  const [iv, delta, gamma, theta, vega] = [contract.iv, contract.delta, contract.gamma, contract.theta, contract.vega].map((column) =>
    column.slice(),
  ) as [Float64Array, Float64Array, Float64Array, Float64Array, Float64Array];
  const tick = approximately(instrument.tick);
  let computed = false;
  let at = -1;
  for (let row = 0; row < bars.length; row++) {
    const openMs = bars.openMs[row] ?? 0;
    while ((underlying.openMs[at + 1] ?? Infinity) <= openMs) at++;
    const [bid = 0, ask = 0] = [contract.bid[row], contract.ask[row]];
    if (!Number.isNaN((iv[row] ?? 0) + (delta[row] ?? 0) + (theta[row] ?? 0)) || at < 0 || bid <= 0 || ask < bid) continue;
    const terms = {
      right: instrument.right,
      underlying: (underlying.close[at] ?? 0) * approximately(underlying.instrument.tick),
      strike: approximately(instrument.strike),
      years: yearsBetween(openMs + intervalMs[bars.interval], ends),
      ...rates,
    };
    const solved = volatilityOf(terms, instrument.exercise, ((bid + ask) / 2) * tick);
    if (!solved.ok || solved.value < plausibleVolatility.least || solved.value > plausibleVolatility.most) continue;
    const greeks = optionGreeks(terms, instrument.exercise, solved.value);
    iv[row] = solved.value;
    delta[row] = greeks.delta;
    gamma[row] = greeks.gamma;
    theta[row] = greeks.theta;
    vega[row] = greeks.vega;
    computed = true;
  }
  return computed ? { ...bars, contract: { ...contract, iv, delta, gamma, theta, vega, source: "computed" } } : bars;
}
