import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { checkChain } from "../../../../src/flow/market/options/check-chain.ts";
import { expiryAt } from "../../../../src/flow/market/options/expiry-time.ts";
import { instrumentId } from "../../../../src/words/ids.ts";
import { price } from "../../../../src/words/price.ts";
import { aChain, anOption, aQuote } from "./a-chain.ts";

const good = aQuote(anOption("195"));
const asOf = Temporal.Instant.from("2026-06-01T15:00:00Z");
const limits = { ageMsMax: 60_000 };

describe("a chain as it came in", () => {
  it.each([
    { quote: aQuote(anOption("200"), "0", "0.10"), code: "one_sided", because: "nobody bids" },
    { quote: aQuote(anOption("200"), "0.10", "0"), code: "one_sided", because: "nobody offers" },
    { quote: aQuote(anOption("200"), "5.20", "5.10"), code: "crossed", because: "the bid is above the ask" },
    { quote: aQuote(anOption("200", "call", "2026-05-29")), code: "expired", because: "it ended on Friday" },
    {
      quote: aQuote(anOption("200"), "1", "2", { quotedAt: asOf.subtract({ minutes: 2 }) }),
      code: "stale",
      because: "it is two minutes old",
    },
    { quote: aQuote(anOption("200"), "1", "2", { volume: Number.NaN }), code: "bad_count", because: "a count that is none" },
    { quote: aQuote(anOption("200"), "1", "2", { openInterest: -1 }), code: "bad_count", because: "less than nothing is open" },
    { quote: aQuote({ ...anOption("200"), underlying: instrumentId("MSFT") }), code: "other_underlying", because: "it is another's" },
    { quote: aQuote(anOption("195", "call")), code: "duplicate", because: "a contract is quoted once" },
  ])("refuses one quote by name ($code) and keeps the rest: $because", ({ quote, code }) => {
    const { chain, refused } = checkChain(aChain([good, quote]), limits);
    expect(refused).toMatchObject([{ code, instrument: quote.instrument.id }]);
    expect(chain.quotes).toEqual([good]);
  });

  it("is refused whole where it is empty, with one side missing throughout, or without a price of the underlying", () => {
    expect(checkChain(aChain([])).refused).toEqual([{ code: "empty_chain" }]);
    const oneSided = checkChain(aChain([aQuote(anOption("200"), "0", "1")])).refused.map(({ code }) => code);
    expect(oneSided).toEqual(["one_sided", "empty_chain"]);
    const none = checkChain(aChain([good], { underlyingPrice: price("0") }));
    expect(none.refused).toEqual([{ code: "no_underlying_price" }]);
    expect(none.chain.quotes).toEqual([]);
  });

  it("passes a locked market, and an option on its last day until the close", () => {
    const last = aQuote(anOption("200", "call", "2026-06-01"), "5", "5");
    expect(checkChain(aChain([last])).refused).toEqual([]);
    expect(checkChain(aChain([last]), { ageMsMax: Infinity, asOf: Temporal.Instant.from("2026-06-01T20:00:00Z") }).refused).toMatchObject([
      { code: "expired" },
      { code: "empty_chain" },
    ]);
  });

  it("keeps what passes in its order and names everything else once, whatever comes in", () => {
    const anyQuote = fc
      .record({ strike: fc.integer({ min: 1, max: 9 }), bid: fc.integer({ min: 0, max: 3 }), ask: fc.integer({ min: 0, max: 3 }) })
      .map(({ strike, bid, ask }) => aQuote(anOption(`${strike}`), `${bid}`, `${ask}`));
    fc.assert(
      fc.property(fc.array(anyQuote, { minLength: 1, maxLength: 20 }), (quotes) => {
        const { chain, refused } = checkChain(aChain(quotes), limits);
        const named = refused.filter(({ code }) => code !== "empty_chain");
        expect(chain.quotes.length + named.length).toBe(quotes.length);
        expect(chain.quotes).toEqual(quotes.filter((quote) => chain.quotes.includes(quote)));
        for (const { bid, ask } of chain.quotes) expect(bid > 0n && bid <= ask).toBe(true);
      }),
      { seed: 41 },
    );
  });
});

describe("when options expire", () => {
  it.each([
    { expiry: "2026-06-19", ends: "2026-06-18T20:00:00Z", because: "Juneteenth is a holiday: the session before" },
    { expiry: "2026-06-12", ends: "2026-06-12T20:00:00Z", because: "a plain Friday in summer" },
    { expiry: "2026-11-27", ends: "2026-11-27T18:00:00Z", because: "the day after Thanksgiving closes at one" },
    { expiry: "2014-01-18", ends: "2014-01-17T21:00:00Z", because: "options expired on Saturdays until 2015" },
  ])("$expiry ends at $ends: $because", ({ expiry, ends }) => {
    expect(expiryAt(expiry)?.toString()).toBe(ends);
  });

  it("is undefined for what is no date, or not of the calendar", () => {
    for (const text of ["2026-02-30", "", "soon", "1987-10-19"]) expect(expiryAt(text)).toBeUndefined();
  });
});
