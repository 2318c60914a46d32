import { describe, expect, it } from "vitest";
import { blackScholesGreeks } from "../../../src/flow/market/options/black-scholes.ts";
import { checkChain } from "../../../src/flow/market/options/check-chain.ts";
import { termsOf, valueChain } from "../../../src/flow/market/options/value-chain.ts";
import { chainHistories } from "../../../src/sim/market/chain-histories.ts";
import { ChainMarket } from "../../../src/sim/market/chain-market.ts";
import { weeklyExpiries } from "../../../src/sim/market/chain-contracts.ts";
import { demoChainSpec } from "../../../src/sim/market/chain-spec.ts";
import { approximately } from "../../../src/words/exact.ts";
import { price } from "../../../src/words/price.ts";

const spec = { ...demoChainSpec(11, 5), strikesEachSide: 6 };

describe("a made-up options market", () => {
  it("gives the same days again for the same seed, and others for another", () => {
    const run = (seed: number): readonly number[] => {
      const market = new ChainMarket({ ...spec, seed });
      const seen: number[] = [];
      while (market.advance()) if (market.minute % 50 === 0) seen.push(...market.bid, ...market.volume);
      return seen;
    };
    expect(run(1)).toEqual(run(1));
    expect(run(1)).not.toEqual(run(2));
  });

  it("runs over whole New York sessions, and a contract is gone once it has expired", () => {
    const market = new ChainMarket({ ...spec, firstDate: "2026-11-25", sessions: 3, strikesEachSide: 2 });
    expect(market.length).toBe(390 + 210 + 390);
    let before = 0;
    const listed = new Set<string>();
    while (market.advance()) {
      const chain = market.chain();
      expect(market.atMs).toBeGreaterThan(before);
      before = market.atMs;
      listed.add(chain.expiries[0]!);
      for (const { code } of checkChain(chain).refused) expect(["one_sided"]).toContain(code);
    }
    expect([...listed]).toEqual(["2026-11-27", "2026-12-04"]);
  });

  it("takes a dividend off the share at its ex-date's open, and off its options before: no call is dearer for a fall that is known", () => {
    const paying = { ...spec, dividends: [{ kind: "dividend" as const, exDate: "2026-06-03", amount: price("3") }] };
    const [without, withIt] = [new ChainMarket(spec), new ChainMarket(paying)];
    expect(withIt.underlying.actions).toEqual(paying.dividends);
    // The same walk but for the dividend: 300 ticks less from the third day on, give or take what a smaller price moves by.
    expect(withIt.underlying.bars.close.slice(0, 780)).toEqual(without.underlying.bars.close.slice(0, 780));
    const gap = (of: ChainMarket): number => of.underlying.bars.open[780]! - of.underlying.bars.close[779]!;
    expect(Math.abs(gap(without) - gap(withIt) - 300)).toBeLessThanOrEqual(1);
    const priceAt = (of: ChainMarket, minute: number): readonly number[] => {
      while (of.minute < minute) of.advance();
      return of.contracts.map((_, at) => (of.bid[at]! + of.ask[at]!) / 2);
    };
    const [before, knowing] = [priceAt(without, 779), priceAt(withIt, 779)];
    for (const [at, { right }] of withIt.contracts.entries())
      if (right === "call") expect(knowing[at]!).toBeLessThanOrEqual(before[at]! + before[at]! * 0.02 + 2);
      else expect(knowing[at]!).toBeGreaterThanOrEqual(before[at]! - before[at]! * 0.02 - 2);
    // The share loses three dollars overnight and its options do not, for they were worth what they are without them; what is deep in the money does, as it is exercised before.
    const overnight = (of: ChainMarket, from: readonly number[]): readonly number[] => priceAt(of, 780).map((each, at) => each - from[at]!);
    const [usual, paid] = [overnight(without, before), overnight(withIt, knowing)];
    const out = withIt.contracts.flatMap(({ expiry, right, strike }, at) =>
      expiry > "2026-06-05" && (right === "call" ? strike >= spec.startPrice : strike <= spec.startPrice) ? [at] : [],
    );
    for (const at of out) expect(Math.abs(paid[at]! - usual[at]!)).toBeLessThan(120);
  });

  it("lists Fridays, and the session before where Friday is a holiday", () => {
    expect(weeklyExpiries("2026-06-10", 3)).toEqual(["2026-06-12", "2026-06-18", "2026-06-26"]);
  });

  it("prices puts below the money dearer than calls above it (skew), and its quotes give its volatilities back", () => {
    const market = new ChainMarket(spec);
    while (market.minute < 200) market.advance();
    const { chain } = checkChain(market.chain());
    const bare = { ...chain, quotes: chain.quotes.map(({ iv: _iv, greeks: _greeks, ...quote }) => quote) };
    const { quotes } = valueChain(bare, spec.rates).chain;
    let compared = 0;
    for (const [at, quote] of quotes.entries()) {
      const set = chain.quotes[at]!;
      const vega = blackScholesGreeks(termsOf(quote, chain, spec.rates), set.iv!).vega;
      // Half a spread of a few cents is all that a mid can be off by, in points of volatility by vega; American puts by a little more.
      const points = approximately(quote.ask) - approximately(quote.bid) + 0.03;
      if (quote.iv === undefined || vega < 0.01) continue;
      expect(Math.abs(quote.iv - set.iv!) * 100).toBeLessThan(points / vega);
      compared++;
    }
    expect(compared).toBeGreaterThan(40);
    const of = (strike: string): number =>
      chain.quotes.find(({ instrument }) => instrument.right === "put" && instrument.strike === price(strike))!.iv!;
    expect(of("56")).toBeGreaterThan(of("60"));
  });

  it("leaves the greeks of some contracts out where it is asked to", () => {
    const market = new ChainMarket({ ...spec, withoutGreeks: 0.4 });
    market.advance();
    const without = market.chain().quotes.filter(({ greeks }) => greeks === undefined).length;
    expect(without / market.contracts.length).toBeGreaterThan(0.2);
    expect(without / market.contracts.length).toBeLessThan(0.6);
  });

  it("works out and marks in its histories what the venue does not tell (OPT-5)", () => {
    const short = { ...spec, sessions: 1, strikesEachSide: 3 };
    const told = chainHistories(short).slice(1);
    const silent = chainHistories({ ...short, withoutGreeks: 1 }).slice(1);
    let compared = 0;
    for (const [at, { bars }] of silent.entries()) {
      expect([bars.contract!.source, told[at]!.bars.contract!.source]).toEqual(["computed", "venue"]);
      const [ours, theirs] = [bars.contract!.delta[200]!, told[at]!.bars.contract!.delta[200]!];
      if (!Number.isFinite(ours)) continue;
      expect(Math.abs(ours - theirs)).toBeLessThan(0.05);
      compared++;
    }
    expect(compared).toBeGreaterThan(30);
  });

  it("says as histories what it says minute by minute", () => {
    const short = { ...spec, sessions: 1, strikesEachSide: 2 };
    const [underlying, ...contracts] = chainHistories(short);
    const market = new ChainMarket(short);
    expect(underlying!.bars.close).toEqual(market.underlying.bars.close);
    expect(contracts.map(({ instrument }) => instrument)).toEqual(market.contracts);
    while (market.advance())
      for (const [at, { bars }] of contracts.entries()) {
        if (market.minute >= bars.length) {
          expect(market.ask[at]).toBe(0);
          continue;
        }
        expect(bars.contract!.bid[market.minute]).toBe(market.bid[at]);
        expect(bars.contract!.dayVolume[market.minute]).toBe(market.volume[at]);
      }
    for (const { bars } of contracts)
      for (let at = 0; at < bars.length; at++) {
        expect(bars.low[at]!).toBeGreaterThan(0);
        expect(bars.high[at]!).toBeGreaterThanOrEqual(bars.low[at]!);
        expect(bars.volume[at]!).toBeGreaterThanOrEqual(0);
      }
  });
});
