import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { money } from "../../../src/words/money.ts";
import { price } from "../../../src/words/price.ts";
import { endMs, optionNamed, OptionsVenue } from "./an-options-venue.ts";

/** Holds `lots` of one option bought or sold at 5 with the share at 100, and lets it end with the share at `share`. */
function ended(name: string, lots: number, share: number, of: ConstructorParameters<typeof OptionsVenue>[1] = {}): OptionsVenue {
  const venue = new OptionsVenue([optionNamed(name)], of).quote(100, { [name]: 5 });
  expect(venue.place(lots > 0 ? "buy" : "sell", name, Math.abs(lots))).toBe("accepted");
  venue.quote(100, { [name]: 5 }).hear();
  return venue.quote(share, {}, endMs);
}

describe("options at their end (OPT-13)", () => {
  it.each<[string, number, number, string, string, string, string]>([
    ["C100", 2, 100, "expired 2 C100 at 0", "", "99000", "at the strike there is nothing to exercise: the premium is lost"],
    ["C100", 2, 110, "exercised 2 C100 at 0, 200 ACME at 100", "200 ACME", "79000", "a call in the money brings shares at the strike"],
    ["P100", 2, 90, "exercised 2 P100 at 0, -200 ACME at 100", "-200 ACME", "119000", "a put in the money sells shares, short if need be"],
    ["P100", 2, 110, "expired 2 P100 at 0", "", "99000", "a put above its strike"],
    ["P100", -2, 110, "expired -2 P100 at 0", "", "101000", "a short that ends worthless keeps its premium"],
    ["P100", -2, 90, "assigned -2 P100 at 0, 200 ACME at 100", "200 ACME", "81000", "who sold a put has to take the shares"],
  ])("%s x%i with the share at %i: %s", (name, lots, share, said, held, cash) => {
    const of = ended(name, lots, share);
    expect([of.hear(), of.held, of.cash]).toEqual([said, held, cash]);
  });

  it("leaves equity as it was with the option at its intrinsic value: 2 calls bought at 5 are worth 10 each", () => {
    expect(ended("C100", 2, 110).equity).toBe("101000");
    expect(ended("P100", -2, 90).equity).toBe("99000");
  });

  it("pays the difference where options settle in cash, or where the share does not trade here", () => {
    const of = ended("C100", 2, 110, { cashSettled: true });
    expect([of.hear(), of.held, of.cash]).toEqual(["exercised 2 C100 at 10", "", "101000"]);
  });

  it("covers a call with the shares that are held", () => {
    const of = new OptionsVenue([optionNamed("C100")]).quote(100, { C100: 5 });
    of.place("buy", "ACME", 100);
    of.quote(100, { C100: 5 }).hear();
    expect(of.place("sell", "C100", 1)).toBe("accepted");
    of.quote(100, { C100: 5 }).hear();
    of.quote(130, {}, endMs);
    expect([of.hear(), of.held, of.cash]).toEqual(["assigned -1 C100 at 0, -100 ACME at 100", "", "100500"]);
  });

  it("cancels what rests in it, trades nothing in it any more and tells once", () => {
    const of = new OptionsVenue([optionNamed("C100")]).quote(100, { C100: 5 });
    of.place("buy", "C100", 1, { id: "rests", type: "limit", limit: 1 });
    of.quote(110, {}, endMs);
    expect(of.hear()).toBe("rests cancelled expired");
    expect(of.place("buy", "C100", 1)).toBe("market_closed");
    expect(of.quote(111).hear()).toBe("");
  });

  it("ends when time has moved on, even if the share said nothing more", () => {
    const of = new OptionsVenue([optionNamed("C100"), optionNamed("C90", { expiry: "2026-12-24" })]).quote(100, { C100: 5, C90: 12 });
    of.place("buy", "C100", 1);
    of.quote(112, { C100: 12, C90: 22 }).hear();
    of.venue.quote(2, 22, 22, 100, 100, endMs + 1000);
    expect(of.hear()).toBe("exercised 1 C100 at 0, 100 ACME at 100");
  });
});

describe("early assignment and dividends", () => {
  const short = (seed: number, lots = 4): OptionsVenue => {
    const of = new OptionsVenue([optionNamed("C80", { expiry: "2026-12-24" })], { seed }).quote(100, { C80: 20 });
    of.place("buy", "ACME", 100 * lots);
    of.quote(100, { C80: 20 }).hear();
    of.place("sell", "C80", lots);
    of.quote(100, { C80: 20 }).hear();
    return of;
  };

  it("meets deep calls before a dividend that is more than their time value, by the seed, and never without one", () => {
    const assigned = Array.from({ length: 40 }, (_, seed) => {
      const of = short(seed);
      of.venue.assignEarly(0);
      expect(of.hear()).toBe("");
      of.venue.assignEarly(0, price("2"));
      expect(of.equity).toBe("100000");
      return of.hear();
    });
    expect(assigned.filter((said) => said === "").length).toBeLessThan(15);
    expect(new Set(assigned).size).toBeGreaterThan(3);
    for (const said of assigned) expect(said).toMatch(/^$|^assigned -[1-4] C80 at 0, -[1-4]00 ACME at 80$/);
    expect(Array.from({ length: 5 }, (_, seed) => short(seed)).map((of) => (of.venue.assignEarly(0, price("2")), of.hear()))).toEqual(
      assigned.slice(0, 5),
    );
  });

  it("leaves calls alone whose time value is above the dividend, and what may only be exercised at its end", () => {
    for (let seed = 0; seed < 10; seed++) {
      const dear = new OptionsVenue([optionNamed("P80", { exercise: "european" }), optionNamed("P120", {})], { seed });
      dear.quote(100, { P80: 1, P120: 24 });
      dear.place("sell", "P120", 1);
      dear.quote(100, { P80: 1, P120: 24 }).hear();
      dear.venue.assignEarly(0, price("2"));
      expect(dear.hear()).toBe("");
    }
  });

  it("pays a dividend to who holds the shares and takes it from who owes them", () => {
    const of = new OptionsVenue([]).quote(100);
    of.venue.dividend(0, price("2"));
    expect(of.hear()).toBe("");
    of.place("buy", "ACME", 100);
    of.quote(100).hear();
    of.venue.dividend(0, price("1.5"));
    expect([of.hear(), of.cash]).toEqual(["dividend 150", "90150"]);
    of.place("sell", "ACME", 300);
    of.quote(100).hear();
    of.venue.dividend(0, price("1.5"));
    expect([of.hear(), of.cash]).toEqual(["dividend -300", "119850"]);
  });
});

describe("options sold short stand on what they could cost", () => {
  const venue = (cash: string): OptionsVenue =>
    new OptionsVenue(
      [optionNamed("P100"), optionNamed("P90"), optionNamed("C100"), optionNamed("C110"), optionNamed("P80.L", { expiry: "2026-12-11" })],
      {
        startCash: money(cash),
      },
    ).quote(100, { P100: 5, P90: 2, C100: 5, C110: 2 });

  it.each<[string, readonly (readonly ["buy" | "sell", string, string])[], string]>([
    ["10000", [["sell", "P100", "accepted"]], "a put is secured by its strike"],
    ["9000", [["sell", "P100", "insufficient_margin"]], "there is not enough for the shares"],
    ["1000000", [["sell", "C100", "insufficient_margin"]], "nothing bounds a naked call, whatever the cash"],
    [
      "1300",
      [
        ["buy", "P90", "accepted"],
        ["sell", "P100", "accepted"],
      ],
      "a put spread costs at most its width",
    ],
    [
      "1100",
      [
        ["buy", "P90", "accepted"],
        ["sell", "P100", "insufficient_margin"],
      ],
      "and that has to be there",
    ],
    [
      "1300",
      [
        ["buy", "C110", "accepted"],
        ["sell", "C100", "accepted"],
      ],
      "a call spread is bounded by the call that was bought",
    ],
    [
      "1300",
      [
        ["buy", "P90", "accepted"],
        ["sell", "P100", "accepted"],
        ["sell", "P100", "insufficient_margin"],
      ],
      "a second one is not",
    ],
  ])("with %s in cash: %j, because %s", (cash, orders) => {
    const of = venue(cash);
    for (const [side, name, said] of orders) {
      expect(of.place(side, name, 1), `${side} ${name}`).toBe(said);
      of.quote(100, { P100: 5, P90: 2, C100: 5, C110: 2 }).hear();
    }
  });

  it("keeps the cover: what a short call stands on is not sold away", () => {
    const of = venue("20000");
    of.place("buy", "C110", 1);
    of.quote(100, { C100: 5, C110: 2 }).hear();
    of.place("sell", "C100", 1);
    of.quote(100, { C100: 5, C110: 2 }).hear();
    expect(of.place("sell", "C110", 1)).toBe("insufficient_margin");
    expect(of.place("buy", "C100", 1)).toBe("accepted");
  });

  it("does not sell options short at all unless it was told to", () => {
    const of = new OptionsVenue([optionNamed("P100")], { optionShorts: false }).quote(100, { P100: 5 });
    expect(of.place("sell", "P100", 1)).toBe("insufficient_margin");
  });
});

const names = ["C90", "C100", "P100", "P110"] as const;
const trade = fc.record({
  side: fc.constantFrom("buy" as const, "sell" as const),
  name: fc.constantFrom(...names, "ACME"),
  lots: fc.integer({ min: 1, max: 5 }),
  share: fc.integer({ min: 80, max: 120 }),
});

describe("laws of the end", () => {
  it("equity just before the end, options at their exercise value, is equity just after, and cash is never made", () => {
    fc.assert(
      fc.property(
        fc.array(trade, { minLength: 1, maxLength: 12 }),
        fc.integer({ min: 70, max: 130 }),
        fc.boolean(),
        (trades, last, cashSettled) => {
          const of = new OptionsVenue(
            names.map((name) => optionNamed(name)),
            { cashSettled },
          );
          const worth = (name: string, share: number): number => {
            const strike = Number(name.slice(1));
            return Math.max(0, name.startsWith("C") ? share - strike : strike - share);
          };
          // An option that is worth nothing has no quote of zero: it stands at a dollar until its end, where that is lost.
          const quotes = (share: number): Record<string, number> =>
            Object.fromEntries(names.map((name) => [name, Math.max(1, worth(name, share))]));
          of.quote(100, quotes(100));
          for (const { side, name, lots, share } of trades) {
            of.place(side, name, name === "ACME" ? lots * 100 : lots);
            of.quote(share, quotes(share));
          }
          of.quote(last, quotes(last), endMs - 1000);
          const before = of.venue.balance().equity;
          const padded = of.venue
            .positions()
            .reduce(
              (sum, { instrument, quantity }) => (instrument !== "ACME" && worth(instrument, last) === 0 ? sum + quantity * 100n : sum),
              0n,
            );
          of.quote(last, {}, endMs);
          expect(of.venue.balance().equity).toBe(before - padded);
          expect(of.venue.positions().every(({ instrument }) => instrument === "ACME")).toBe(true);
        },
      ),
      { seed: 51, numRuns: 150 },
    );
  });
});
