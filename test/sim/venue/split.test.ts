import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { executionId } from "../../../src/words/ids.ts";
import { formatExact } from "../../../src/words/exact.ts";
import { magnitude, zeroQuantity } from "../../../src/words/quantity.ts";
import { anEquity, aPerpetual, aVenue, Market, type Candle } from "./a-market.ts";

const still = (at: number): Candle => [at, at, at, at];
const holding = (lots: number, side: "buy" | "sell" = "buy", at = 100): Market => {
  const market = new Market(aVenue({ instruments: [anEquity()] })).bar(still(at));
  market.place({ id: "a", instrument: "ACME", side, lots });
  market.bar(still(at)).hear();
  return market;
};
const cost = (of: Market): string =>
  of.venue
    .positions()
    .map((each) => `${formatExact(each.quantity)} for ${formatExact(each.cost)}`)
    .join();

describe("a split (D1)", () => {
  it.each<[number, "buy" | "sell", number, number, string, string, string, string]>([
    [10, "buy", 1, 10, "100 for 1000", "99000", "ACME split 1 into 10", "ten for one keeps the cost and touches no cash"],
    [10, "sell", 1, 2, "-20 for 1000", "101000", "ACME split 1 into 2", "a short owes twice the shares"],
    [10, "buy", 10, 1, "1 for 1000", "99000", "ACME split 10 into 1", "a reverse split without a fraction"],
    [15, "buy", 10, 1, "1 for 1000", "99000", "liquidation sell 5", "a fraction is paid out in cash at the last price"],
    [9, "buy", 100, 1, "", "100000", "liquidation sell 9", "what is less than one new share is paid out whole: no position of nothing"],
    [15, "sell", 10, 1, "-1 for 1000", "101000", "liquidation buy 5", "a short pays for the fraction that it owes"],
    [10, "buy", 2, 5, "25 for 1000", "99000", "ACME split 2 into 5", "five for two"],
  ])("of %i %s, %i into %i: %s, cash %s", (lots, side, from, into, position, cash, said) => {
    const of = holding(lots, side);
    of.venue.split(0, from, into);
    const heard = of.hear();
    expect([cost(of), of.cash, heard.startsWith(said)]).toEqual([position, cash, true]);
    expect(heard.endsWith(`ACME split ${from} into ${into}`)).toBe(true);
    expect(of.equity).toBe("100000");
  });

  it("cancels what rests before anything else, so that no stop of the old price meets a new one", () => {
    const of = holding(10);
    of.place({ id: "s", instrument: "ACME", side: "sell", type: "stop", stop: 90, reduceOnly: true });
    of.place({ id: "t", instrument: "ACME", side: "sell", type: "limit", limit: 110, reduceOnly: true });
    of.venue.split(0, 1, 10);
    expect(of.hear()).toBe("s cancelled split; t cancelled split; ACME split 1 into 10");
    expect(of.bars(still(10), still(10)).hear()).toBe("");
    expect([of.held, of.equity]).toEqual(["100", "100000"]);
  });

  it("takes the bar under way along, which no order of the old price has survived", () => {
    const of = holding(10).open([100, 110, 90, 100]);
    of.venue.split(0, 1, 10);
    of.close();
    expect([of.held, of.equity]).toEqual(["100", "100000"]);
  });

  it("makes the executions before it final", () => {
    const of = holding(10);
    of.venue.split(0, 1, 10);
    expect(of.venue.bust(executionId("x1"))).toBe(false);
  });

  it("is of shares only", () => {
    expect(() => aVenue({ instruments: [aPerpetual()] }).split(0, 1, 2)).toThrow("only shares split");
  });

  it("moves no equity but by the rounding of the last price, and leaves whole lots, whatever the ratio", () => {
    const ratio = fc.integer({ min: 1, max: 100 });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 400 }), fc.boolean(), ratio, ratio, (lots, long, from, into) => {
        const of = holding(lots, long ? "buy" : "sell");
        of.venue.split(0, from, into);
        of.bar(still(Math.max(1, Math.round((100 * from) / into))));
        const held = of.venue.positions()[0]?.quantity ?? zeroQuantity;
        expect(held % 10n ** 12n).toBe(0n);
        const most = (BigInt(lots) * 10n ** 12n * BigInt(into)) / BigInt(from);
        expect(magnitude(held) <= most).toBe(true);
        const rounding = Math.abs(Math.max(1, Math.round((100 * from) / into)) - (100 * from) / into) * (Number(most) / 1e12) + 1;
        expect(Math.abs(Number(of.equity) - 100_000)).toBeLessThanOrEqual(rounding);
      }),
      { seed: 20_261_121, numRuns: 200 },
    );
  });
});
