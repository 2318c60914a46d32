import { slot, slots } from "../../flow/market/options/black-scholes.ts";
import type { Chain, ChainQuote } from "../../flow/market/options/chain.ts";
import { instantOfMs } from "../../words/instant.ts";
import type { Option } from "../../words/instrument.ts";
import { priceOfTicks } from "../../words/price.ts";
import type { ChainMarket } from "./chain-market.ts";

/** The current minute of a made-up market as a chain, without what has expired; `quotedAt` is the minute's end. */
export function marketChain(market: ChainMarket): Chain {
  const asOf = instantOfMs(market.atMs);
  const quotes: ChainQuote[] = [];
  for (const [at, instrument] of market.contracts.entries())
    if (market.endsMs(at) > market.atMs) quotes.push(quoted(market, instrument, at, asOf));
  const { instrument, bars } = market.underlying;
  return {
    underlying: instrument.id,
    underlyingPrice: priceOfTicks(bars.close[market.minute] ?? 1, instrument.tick),
    asOf,
    expiries: [...new Set(quotes.map(({ instrument: { expiry } }) => expiry))],
    quotes,
  };
}

function quoted(market: ChainMarket, instrument: Option, at: number, asOf: Temporal.Instant): ChainQuote {
  const { tick } = instrument;
  const known = {
    instrument,
    bid: priceOfTicks(market.bid[at] ?? 0, tick),
    ask: priceOfTicks(market.ask[at] ?? 0, tick),
    openInterest: market.openInterest[at] ?? 0,
    volume: market.volume[at] ?? 0,
    quotedAt: asOf,
  };
  if (!market.tellsGreeks(at)) return known;
  const of = (place: number): number => market.priced[at * slots + place] ?? 0;
  const greeks = { delta: of(slot.delta), gamma: of(slot.gamma), theta: of(slot.theta), vega: of(slot.vega), rho: of(slot.rho) };
  return { ...known, iv: market.iv[at] ?? 0, greeks: { ...greeks, source: "venue" } };
}
