import { priceInto } from "../../flow/market/options/black-scholes.ts";
import { solveVolatility } from "../../flow/market/options/implied-volatility.ts";
import type { MarketRates } from "../../flow/market/options/value-chain.ts";
import { approximately } from "../../words/exact.ts";
import { present } from "../../words/invariant.ts";
import type { ChainMarket } from "./chain-market.ts";

const yearMs = 365 * 86_400_000;

/**
 * The volatility behind the mid of a contract that the venue says nothing of, with its greeks in `into`; NaN throughout where none
 * explains it. `start` is that of the minute before. European, as the market's own are.
 */
export function workOut(market: ChainMarket, at: number, { rate, dividendYield }: MarketRates, start: number, into: Float64Array): number {
  const { underlying } = market;
  const { right, strike, tick } = present(market.contracts[at], "a contract is listed");
  const call = right === "call";
  const price = (underlying.bars.close[market.minute] ?? Number.NaN) * approximately(underlying.instrument.tick);
  const mid = (((market.bid[at] ?? 0) + (market.ask[at] ?? 0)) / 2) * approximately(tick);
  const years = (market.endsMs(at) - market.atMs) / yearMs;
  const bid = market.bid[at] ?? 0;
  const struck = approximately(strike);
  const found =
    bid > 0 && years > 0 ? solveVolatility(call, price, struck, years, rate, dividendYield, mid, start > 0 ? start : 0) : Number.NaN;
  if (found > 0) priceInto(into, 0, call, price, struck, years, rate, dividendYield, found);
  else into.fill(Number.NaN);
  return found;
}
