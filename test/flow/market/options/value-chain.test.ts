import { describe, expect, it } from "vitest";
import { blackScholes } from "../../../../src/flow/market/options/black-scholes.ts";
import { ChainColumns } from "../../../../src/flow/market/options/chain-columns.ts";
import { slots } from "../../../../src/flow/market/options/black-scholes.ts";
import type { ChainQuote } from "../../../../src/flow/market/options/chain.ts";
import { termsOf, valueChain } from "../../../../src/flow/market/options/value-chain.ts";
import { approximately } from "../../../../src/words/exact.ts";
import { checkChain } from "../../../../src/flow/market/options/check-chain.ts";
import { ChainMarket } from "../../../../src/sim/market/chain-market.ts";
import { demoChainSpec } from "../../../../src/sim/market/chain-spec.ts";
import { aChain, anOption, aQuote } from "./a-chain.ts";

const rates = { rate: 0.04, dividendYield: 0.005 };
const european = { ...anOption("200"), exercise: "european" } as const;

/** A quote of one cent either side of the model's price. */
function modelled(volatility: number, more: Partial<ChainQuote> = {}): ChainQuote {
  const quote = aQuote(european, "1", "1", more);
  const value = blackScholes(termsOf(quote, aChain([quote]), rates), volatility);
  return aQuote(european, (value - 0.01).toFixed(4), (value + 0.01).toFixed(4), more);
}

describe("greeks of a chain (OPT-5: missing ones are computed and marked)", () => {
  it("are computed and marked where the venue sent none", () => {
    const { chain, unvalued } = valueChain(aChain([modelled(0.3)]), rates);
    expect(unvalued).toEqual([]);
    const [quote] = chain.quotes;
    expect(quote!.iv).toBeCloseTo(0.3, 3);
    expect(quote!.greeks).toMatchObject({ source: "computed" });
    expect(quote!.greeks!.delta).toBeGreaterThan(0.5);
  });

  it("are the venue's where they are sane", () => {
    const greeks = { delta: 0.53, gamma: 0.03, theta: -0.15, vega: 0.18, rho: 0.05, source: "venue" } as const;
    const sent = modelled(0.3, { iv: 0.3, greeks });
    expect(valueChain(aChain([sent]), rates).chain.quotes).toEqual([sent]);
  });

  it.each([
    { greeks: { delta: -0.5, gamma: 0.03, theta: -0.15, vega: 0.18, rho: 0 }, because: "a call's delta is never below zero" },
    { greeks: { delta: 1.4, gamma: 0.03, theta: -0.15, vega: 0.18, rho: 0 }, because: "nor above one" },
    { greeks: { delta: 0.5, gamma: -0.03, theta: -0.15, vega: 0.18, rho: 0 }, because: "gamma is never below zero" },
    { greeks: { delta: 0.5, gamma: 0.03, theta: -54, vega: 0.18, rho: 0 }, because: "that theta is a year's" },
    { greeks: { delta: 0.5, gamma: 0.03, theta: -0.15, vega: 18, rho: 0 }, because: "that vega is of 100 points" },
    { greeks: { delta: Number.NaN, gamma: 0.03, theta: -0.15, vega: 0.18, rho: 0 }, because: "a delta that is none" },
  ])("are replaced by our own and named where they cannot be: $because", ({ greeks }) => {
    const sent = modelled(0.3, { iv: 0.3, greeks: { ...greeks, source: "venue" } });
    const { chain, unvalued } = valueChain(aChain([sent]), rates);
    expect(unvalued).toEqual([{ instrument: european.id, code: "venue_greeks" }]);
    expect(chain.quotes[0]?.greeks?.source).toBe("computed");
  });

  it.each([
    { quote: aQuote(anOption("150"), "49", "49.5"), code: "below_intrinsic", because: "it is worth 50 to exercise" },
    { quote: aQuote(anOption("200"), "199", "202"), code: "above_bound", because: "a call above its share" },
    { quote: aQuote(anOption("200"), "190", "192"), code: "implausible_volatility", because: "that would be over 500% a year" },
  ])("stay away, with the quote kept and named ($code): $because", ({ quote, code }) => {
    const { chain, unvalued } = valueChain(aChain([quote]), rates);
    expect(unvalued).toEqual([{ instrument: quote.instrument.id, code }]);
    expect(chain.quotes).toHaveLength(1);
    expect(chain.quotes[0]).not.toHaveProperty("greeks");
    expect(chain.quotes[0]).not.toHaveProperty("iv");
  });

  it("replace a volatility that is none with one from the price", () => {
    const { chain } = valueChain(aChain([modelled(0.3, { iv: 30 })]), rates);
    expect(chain.quotes[0]?.iv).toBeCloseTo(0.3, 3);
  });
});

describe("a chain minute in columns", () => {
  const market = new ChainMarket(demoChainSpec(3, 1));
  while (market.minute < 90) market.advance();
  const chain = market.chain();
  const columns = new ChainColumns(market.contracts);
  const load = (): void => {
    for (let at = 0; at < columns.length; at++) {
      columns.bid[at] = market.bid[at]! / 100;
      columns.ask[at] = market.ask[at]! / 100;
    }
    columns.value(approximately(chain.underlyingPrice), market.atMs, rates);
  };

  it("has the volatilities and greeks that the chain's own records have", () => {
    load();
    const { chain: sound } = checkChain(chain);
    const bare = {
      ...sound,
      quotes: sound.quotes.map(({ iv: _iv, greeks: _greeks, ...quote }) => ({
        ...quote,
        instrument: { ...quote.instrument, exercise: "european" as const },
      })),
    };
    let compared = 0;
    for (const quote of valueChain(bare, rates).chain.quotes) {
      if (quote.iv === undefined || quote.greeks === undefined) continue;
      const at = market.contracts.findIndex(({ id }) => id === quote.instrument.id);
      expect(columns.iv[at]).toBeCloseTo(quote.iv, 8);
      expect(columns.priced[at * slots + 1]).toBeCloseTo(quote.greeks.delta, 8);
      expect(columns.priced[at * slots + 3]).toBeCloseTo(quote.greeks.theta, 8);
      compared++;
    }
    expect(compared).toBeGreaterThan(150);
  });

  it("sums what is held, in money", () => {
    load();
    columns.held.fill(0);
    const at = market.contracts.findIndex(({ right, strike }) => right === "call" && approximately(strike) === 60);
    columns.held[at] = -2;
    columns.value(approximately(chain.underlyingPrice), market.atMs, rates);
    const { worth, delta } = columns.book();
    expect(worth).toBeCloseTo(-200 * columns.mid[at]!, 9);
    expect(delta).toBeCloseTo(-200 * columns.priced[at * slots + 1]!, 9);
  });

  it("keeps the last mid of a quote that lost a side, and no greeks", () => {
    load();
    const mid = columns.mid[0]!;
    columns.bid[0] = 0;
    columns.value(approximately(chain.underlyingPrice), market.atMs, rates);
    expect(columns.mid[0]).toBe(mid);
    expect(columns.iv[0]).toBeNaN();
    expect(columns.priced[1]).toBeNaN();
  });
});
