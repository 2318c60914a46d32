import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { money } from "../../../src/words/money.ts";
import { endMs, optionNamed, OptionsVenue } from "./an-options-venue.ts";

/** The share at 120; calls and puts struck at 120, and those that a split makes of them, at 60 and 40. */
function holding(name: string, lots: number, listed: readonly string[] = ["C120", "P120", "C60", "P60", "C40"]): OptionsVenue {
  const of = new OptionsVenue(listed.map((each) => optionNamed(each)));
  const at: Record<string, number> = { C120: 6, P120: 6, C60: 62, P60: 1, C40: 82 };
  const quotes = Object.fromEntries(listed.map((each) => [each, at[each] ?? 1]));
  of.quote(120, quotes);
  expect(of.place(lots > 0 ? "buy" : "sell", name, Math.abs(lots))).toBe("accepted");
  of.quote(120, quotes).hear();
  return of;
}

describe("options on shares that split (OPT-13)", () => {
  it.each<[string, number, number, string, string, string]>([
    ["C120", 2, 2, "adjusted 2 C120 to 2 times C60; ACME split 1 into 2", "4 C60", "two for one: twice the contracts at half the strike"],
    ["P120", -1, 2, "adjusted -1 P120 to 2 times P60; ACME split 1 into 2", "-2 P60", "who owes one owes two"],
    ["C120", 1, 3, "adjusted 1 C120 to 3 times C40; ACME split 1 into 3", "3 C40", "three for one"],
  ])("%s x%i, 1 into %i: %s", (name, lots, into, said, held) => {
    const of = holding(name, lots);
    const { cash } = of;
    of.venue.split(0, 1, into);
    expect([of.hear(), of.held, of.cash]).toEqual([said, held, cash]);
  });

  it("keeps what was paid, so that equity at the same worth is the same: 2 at 6 are 4 at 3", () => {
    const of = holding("C120", 2);
    of.venue.split(0, 1, 2);
    expect(of.venue.positions()).toMatchObject([{ cost: 1_200_000_000_000_000n }]);
    expect(of.quote(60, { C60: 3 }).equity).toBe("100000");
    of.quote(65, {}, endMs);
    // Struck at 60 with the share at 65: 400 shares at 60, worth 2,000 more, as 2 of 120 would be with the share at 130.
    expect([of.held, of.cash, of.equity]).toEqual(["400 ACME", "74800", "100800"]);
  });

  it.each<[number, number, readonly string[], string]>([
    [2, 3, ["C120"], "three for two delivers 150 shares, which no listed contract does"],
    [10, 1, ["C120"], "a reverse split delivers ten"],
    [1, 2, ["C120"], "a contract struck at 60 is not listed"],
  ])("leaves them where %i into %i has no contract for them", (from, into, listed) => {
    const of = holding("C120", 2, listed);
    of.venue.split(0, from, into);
    expect(of.hear()).toBe(`ACME split ${from} into ${into}, C120 left`);
    expect(of.held).toBe("2 C120");
  });

  it("pays out what stayed behind as the old contract would have been: 2 struck at 120 with 1.5 shares at 84 each are 6 in the money", () => {
    const of = holding("C120", 2, ["C120"]);
    of.venue.split(0, 2, 3);
    of.hear();
    of.quote(84, {}, endMs);
    expect([of.hear(), of.held, of.cash]).toEqual(["exercised 2 C120 at 6", "", "100000"]);
  });

  it("does not put them together with what is held of that contract already: whose cost would that be", () => {
    const of = holding("C120", 1);
    of.place("buy", "C60", 1);
    of.quote(120, { C120: 6, C60: 62 }).hear();
    of.venue.split(0, 1, 2);
    expect(of.hear()).toBe("ACME split 1 into 2, C120 left, C60 left");
  });

  it("cancels what rests in any option on them", () => {
    const of = holding("C120", 1);
    of.place("buy", "C60", 1, { id: "rests", type: "limit", limit: 1 });
    of.venue.split(0, 1, 2);
    expect(of.hear()).toBe("rests cancelled split; adjusted 1 C120 to 2 times C60; ACME split 1 into 2");
  });

  it("moves no equity but by what the market says afterwards, whatever is held (law)", () => {
    const held = fc.record({ calls: fc.integer({ min: 0, max: 9 }), puts: fc.integer({ min: 0, max: 9 }), into: fc.constantFrom(2, 3, 4) });
    fc.assert(
      fc.property(held, ({ calls, puts, into }) => {
        const strike = 120 / into;
        const names = ["C120", "P120", `C${strike}`, `P${strike}`];
        const of = new OptionsVenue(names.map((each) => optionNamed(each)));
        const before = { C120: 12, P120: 24, [`C${strike}`]: 90, [`P${strike}`]: 1 };
        of.quote(120, before);
        if (calls > 0) of.place("buy", "C120", calls);
        if (puts > 0) of.place("buy", "P120", puts);
        of.quote(120, before).hear();
        of.venue.split(0, 1, into);
        of.hear();
        of.quote(strike, { [`C${strike}`]: 12 / into, [`P${strike}`]: 24 / into });
        expect(of.equity).toBe("100000");
      }),
      { seed: 71, numRuns: 60 },
    );
  });
});

describe("a fee by the contract", () => {
  it("is charged for each, each way, whatever the premium, and not for shares", () => {
    const of = new OptionsVenue([optionNamed("C100")], { feePerContract: money("0.65") }).quote(100, { C100: 5 });
    of.place("buy", "C100", 3);
    of.quote(100, { C100: 5 }).hear();
    expect(of.equity).toBe("99998.05");
    of.place("sell", "C100", 3);
    of.quote(100, { C100: 5 }).hear();
    expect(of.cash).toBe("99996.1");
    of.place("buy", "ACME", 100);
    of.quote(100, { C100: 5 });
    expect(of.equity).toBe("99996.1");
  });

  it.each<[string, string, string]>([
    ["500.65", "accepted", "the premium and its fee"],
    ["500.64", "insufficient_margin", "a cent short of the fee"],
  ])("is set aside with the premium: %s in cash is %s", (startCash, said) => {
    const of = new OptionsVenue([optionNamed("C100")], { feePerContract: money("0.65"), startCash: money(startCash) });
    expect(of.quote(100, { C100: 5 }).place("buy", "C100", 1)).toBe(said);
  });
});
