import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { AccountState } from "../../src/journal/account-state.ts";
import { decodeEntry, encodeEntry } from "../../src/journal/codec.ts";
import { price } from "../../src/words/price.ts";
import { endMs } from "../sim/venue/an-options-venue.ts";
import { ToldBooks } from "./told-books.ts";

const names = ["C90", "C100", "P100", "P110"] as const;

const quotes = Object.fromEntries(names.map((name) => [name, 6]));

/** Ten shares' worth of everything, ended with the share at 105 after a dividend and an early assignment. */
function story(): ToldBooks {
  const books = new ToldBooks(names);
  books.of.quote(100, quotes);
  books.of.place("buy", "ACME", 300);
  for (const name of names) books.of.place("buy", name, 2);
  books.of.quote(100, quotes);
  books.of.place("sell", "C90", 5);
  books.of.quote(100, { C90: 10 });
  books.of.venue.assignEarly(0, price("2"));
  books.of.venue.dividend(0, price("2"));
  books.of.quote(105, {}, endMs);
  return books;
}

describe("the book after exercise, assignment, expiry and dividends (OPT-13)", () => {
  it("is the venue's to the last unit, and each is a fact of its own", () => {
    const books = story();
    books.hear();
    books.expectEqual();
    expect(books.facts("dividend_paid")).toHaveLength(1);
    expect(books.facts("option_expired")).toMatchObject([{ instrument: "P100" }]);
    expect(books.facts("option_exercised").length).toBeGreaterThan(1);
    expect(books.facts("option_assigned").length).toBeGreaterThan(0);
    expect(books.reconcile()).toBe("equal");
  });

  it("ends the trade in the option by itself, with the premium lost in its result", () => {
    const books = story();
    books.hear();
    const expired = books.runner.state.trades.find(({ instrument }) => instrument === "P100");
    expect(expired).toMatchObject({ endedBy: "settlement", realised: -1_200_000_000_000_000n });
  });

  it("is the same when every report was lost and only the venue's records say it (reconcile books them)", () => {
    const books = story();
    books.of.venue.drain();
    expect(books.reconcile()).toBe("equal");
    books.expectEqual();
  });

  it("is the same when reports are said twice", () => {
    const books = story();
    const reports = books.of.venue.drain();
    books.hear(reports);
    books.hear(reports.filter(({ kind }) => kind !== "filled"));
    books.expectEqual();
    expect(books.facts("payment_repeated").length).toBeGreaterThan(3);
  });

  it("is rebuilt from the journal's text", () => {
    const books = story();
    books.hear();
    const again = new AccountState();
    for (const entry of books.entries) {
      const read = decodeEntry(encodeEntry(entry));
      if (!read.ok) throw new Error(read.error.what);
      again.apply(read.value);
    }
    expect(again.positions).toEqual(books.runner.state.positions);
    expect(again.cash).toBe(books.runner.state.cash);
    expect(again.equity).toBe(books.runner.state.equity);
  });

  it("follows the venue through whatever is traded before", () => {
    const trade = fc.record({
      side: fc.constantFrom("buy" as const, "sell" as const),
      name: fc.constantFrom(...names, "ACME"),
      lots: fc.integer({ min: 1, max: 5 }),
    });
    let met = 0;
    fc.assert(
      fc.property(
        fc.array(trade, { minLength: 1, maxLength: 15 }),
        fc.integer({ min: 80, max: 120 }),
        fc.boolean(),
        (trades, last, early) => {
          const books = new ToldBooks(names);
          books.of.quote(100, quotes);
          for (const { side, name, lots } of trades) {
            books.of.place(side, name, name === "ACME" ? lots * 100 : lots);
            books.of.quote(100, quotes);
            books.hear();
          }
          if (early) books.of.venue.assignEarly(0, price("10"));
          if (early) books.of.venue.dividend(0, price("1.5"));
          books.hear();
          books.expectEqual();
          books.of.quote(last, {}, endMs);
          books.hear();
          books.expectEqual();
          expect(books.reconcile()).toBe("equal");
          met += books.facts("option_assigned").length + books.facts("option_exercised").length;
        },
      ),
      { seed: 61, numRuns: 60 },
    );
    expect(met).toBeGreaterThan(60);
  });
});
