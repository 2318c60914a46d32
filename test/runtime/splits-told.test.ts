import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Entry } from "../../src/journal/entry.ts";
import type { VenueReport } from "../../src/ports/venue.ts";
import { ToldBooks } from "./told-books.ts";

const names = ["C120", "P120", "C60", "P60", "C40"] as const;
const quotes = { C120: 6, P120: 6, C60: 62, P60: 1, C40: 82 };

/** Two contracts and 100 shares at 120. */
function holding(): ToldBooks {
  const books = new ToldBooks(names);
  books.of.quote(120, quotes);
  books.of.place("buy", "ACME", 100);
  books.of.place("buy", "C120", 2);
  books.of.quote(120, quotes);
  books.hear();
  return books;
}

const buys = (books: ToldBooks, name: string, lots: number): readonly VenueReport[] => {
  books.of.venue.drain();
  books.of.place("buy", name, lots);
  books.of.quote(60, quotes);
  return books.of.venue.drain();
};

describe("a split that the venue told and nobody heard (I2)", () => {
  it("stands in the venue's record under an id of its own, and is read from there, once", () => {
    const books = holding();
    books.of.venue.split(0, 1, 2);
    books.of.venue.drain();
    expect([books.reconcile(), books.reconcile()]).toEqual(["equal", "equal"]);
    books.expectEqual();
    expect(books.facts("shares_split")).toMatchObject([
      { instrument: "ACME", from: 1, into: 2, transaction: expect.any(String) as string },
    ]);
    expect(books.facts("option_adjusted")).toHaveLength(1);
  });

  it("is not booked again when its report comes after all", () => {
    const books = holding();
    books.of.venue.split(0, 1, 2);
    const late = books.of.venue.drain();
    books.reconcile();
    books.hear(late);
    books.expectEqual();
    expect(books.facts("payment_repeated")).toHaveLength(2);
  });

  it("is read although none of its shares is held: executions before it may still come", () => {
    const books = new ToldBooks(names);
    books.of.quote(120, quotes).venue.split(0, 10, 1);
    books.of.venue.drain();
    expect(books.reconcile()).toBe("equal");
    expect(books.facts("shares_split")).toHaveLength(1);
  });

  it.each<[name: string, lots: number, because: string]>([
    ["ACME", 10, "those shares are new ones already"],
    ["C60", 1, "the contract that the old ones became is held already"],
    ["C120", 1, "it was bought after the others had become something else"],
  ])("leaves alone what was bought since, %s x%i, for %s", (name, lots) => {
    const books = holding();
    books.of.venue.split(0, 1, 2);
    books.hear(buys(books, name, lots));
    expect(books.reconcile()).toBe("equal");
    books.expectEqual();
  });

  it("keeps what a position has cost, whatever was bought since", () => {
    const books = holding();
    books.of.venue.split(0, 1, 2);
    books.hear(buys(books, "ACME", 200));
    books.reconcile();
    const { state } = books.runner;
    // 100 at 120 are 200 at 60, and 200 more at 60; what the trade back realised on the way is in the average.
    expect(state.positions.find(({ instrument }) => instrument === "ACME")?.quantity).toBe(400n * 10n ** 12n);
    expect(state.ledger.unrealised("ACME" as never, 60_000_000_000_000n as never) + state.ledger.realised).toBe(0n);
  });

  it("halts entries for what stays behind also when only the record says so, and no second time", () => {
    const books = holding();
    books.of.venue.split(0, 2, 3);
    books.of.venue.drain();
    expect([books.reconcile(), books.reconcile()]).toEqual(["equal", "equal"]);
    expect(books.facts("latched")).toMatchObject([{ latch: { level: "K1", by: "split" } }]);
  });

  it("of a journal from before splits had ids is known by what it was and when", () => {
    const books = holding();
    books.of.venue.split(0, 1, 2);
    const [adjusted, split] = books.of.venue.drain();
    if (split?.kind !== "split") throw new Error("a split is told last");
    books.hear([adjusted!]);
    books.runner.record({ kind: "shares_split", instrument: split.instrument, from: 1, into: 2 }, undefined, split.at);
    expect(books.reconcile()).toBe("equal");
    books.expectEqual();
    expect(books.facts("shares_split")).toHaveLength(1);
  });
});

describe("executions, splits and what splits make of options, told in part, late, twice or never", () => {
  const step = fc.oneof(
    {
      weight: 4,
      arbitrary: fc.record({ name: fc.constantFrom(...names, "ACME"), buys: fc.boolean(), lots: fc.integer({ min: 1, max: 5 }) }),
    },
    { weight: 1, arbitrary: fc.constantFrom([1, 2] as const, [1, 3] as const, [2, 3] as const, [10, 1] as const) },
  );
  const told = fc.array(fc.constantFrom("now", "now", "twice", "late", "never"), { minLength: 1, maxLength: 20 });

  it("come to the venue's own positions and cash once its records are read (law)", () => {
    const met = { lateAdjusted: 0, lateSplit: 0 };
    const isOf = (kind: string) => (each: Entry["fact"]) => each.kind === kind;
    fc.assert(
      fc.property(
        fc.array(step, { minLength: 1, maxLength: 12 }),
        told,
        fc.boolean(),
        fc.constantFrom("average", "fifo"),
        (steps, how, looks, cost) => {
          const books = new ToldBooks(names, cost as "average");
          books.of.quote(120, quotes);
          let said = 0;
          let late: readonly VenueReport[] = [];
          for (const each of steps) {
            if ("name" in each) books.of.place(each.buys ? "buy" : "sell", each.name, each.name === "ACME" ? each.lots * 30 : each.lots);
            else books.of.venue.split(0, each[0], each[1]);
            books.of.quote(120, quotes);
            const now: VenueReport[] = [...late];
            late = [];
            for (const report of books.of.venue.drain()) {
              const way = how[said++ % how.length];
              if (way === "now" || way === "twice") now.push(report);
              if (way === "twice") now.push(report);
              if (way === "late") late = [...late, report];
            }
            books.hear(now);
            if (looks && said % 5 === 0) books.reconcile();
          }
          const before = books.entries.length;
          expect(books.reconcile()).toBe("equal");
          books.expectEqual();
          const untold = books.entries.slice(before).map(({ fact }) => fact);
          met.lateSplit += untold.filter(isOf("shares_split")).length;
          met.lateAdjusted += untold.filter(isOf("option_adjusted")).length;
        },
      ),
      { seed: 83, numRuns: 1500 },
    );
    expect(met.lateSplit).toBeGreaterThan(200);
    expect(met.lateAdjusted).toBeGreaterThan(15);
  });
});
