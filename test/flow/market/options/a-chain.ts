import type { Chain, ChainQuote } from "../../../../src/flow/market/options/chain.ts";
import { listedOption } from "../../../../src/flow/market/options/listed-option.ts";
import { instrumentId } from "../../../../src/words/ids.ts";
import type { Option } from "../../../../src/words/instrument.ts";
import { price } from "../../../../src/words/price.ts";

const underlying = instrumentId("AAPL");

export function anOption(strike: string, right: "call" | "put" = "call", expiry = "2026-06-19", root = "AAPL"): Option {
  const listed = listedOption({ root, expiry, right, strike: price(strike) }, { underlying, venue: "test" });
  if (!listed.ok) throw new Error(listed.error.code);
  return listed.value;
}

export const aQuote = (instrument: Option, bid = "4.90", ask = "5.10", more: Partial<ChainQuote> = {}): ChainQuote => ({
  instrument,
  bid: price(bid),
  ask: price(ask),
  openInterest: 500,
  volume: 100,
  ...more,
});

export const aChain = (quotes: readonly ChainQuote[], more: Partial<Chain> = {}): Chain => ({
  underlying,
  underlyingPrice: price("200"),
  asOf: Temporal.Instant.from("2026-06-01T15:00:00Z"),
  expiries: ["2026-06-19"],
  quotes,
  ...more,
});
