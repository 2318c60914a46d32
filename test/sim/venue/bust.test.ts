import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formatExact } from "../../../src/words/exact.ts";
import { clientOrderIdOf, executionId, instrumentId } from "../../../src/words/ids.ts";
import { instantOfMs } from "../../../src/words/instant.ts";
import { opposed } from "../../../src/words/quantity.ts";
import { rate } from "../../../src/words/rate.ts";
import { candlesOf, plansWithin, play, someSettings } from "./a-run.ts";
import { anEquity, aVenue, Market, type Candle } from "./a-market.ts";

const still = (at: number, volume = 1_000_000): Candle => [at, at, at, at, volume];
const acme = instrumentId("ACME");
const market = (): Market => new Market(aVenue({ instruments: [anEquity()], takerFee: rate("0.001") })).bar(still(100));
const place = (of: Market, id: string, side: "buy" | "sell", lots: number): Market => {
  of.place({ id, instrument: "ACME", side, lots });
  return of;
};
const books = (of: Market): string => `${of.held} and ${of.cash}`;

describe("an execution that is taken back", () => {
  it.each<[string, (of: Market) => Market, string, string, string, string]>([
    [
      "opened",
      (of) => place(of, "a", "buy", 10).bar(still(100)),
      "x1",
      "10 and 98999",
      "0 and 100000",
      "the position closes, the fee comes back",
    ],
    [
      "closed",
      (of) => place(place(of, "a", "buy", 10).bar(still(100)), "b", "sell", 10).bar(still(120)),
      "x2",
      "0 and 100197.8",
      "10 and 98999",
      "the position opens again",
    ],
    [
      "turned",
      (of) => place(place(of, "a", "buy", 10).bar(still(100)), "b", "sell", 15).bar(still(120)),
      "x2",
      "-5 and 100797.2",
      "10 and 98999",
      "a short becomes the long that it came from",
    ],
    [
      "was behind one that closed",
      (of) => place(place(of, "a", "buy", 10).bar(still(100)), "b", "sell", 10).bar(still(120)),
      "x1",
      "0 and 100197.8",
      "-10 and 101198.8",
      "what was sold is owed",
    ],
  ])("%s", (_, prepare, execution, before, after) => {
    const of = prepare(market());
    expect(books(of)).toBe(before);
    of.hear();
    expect(of.venue.bust(executionId(execution))).toBe(true);
    expect([books(of), of.hear()]).toEqual([after, `${execution} busted`]);
    expect(of.venue.executions(instantOfMs(0)).map((fill) => fill.execution)).not.toContain(execution);
  });

  it("comes again under a new id and at its corrected price", () => {
    const of = place(market(), "a", "buy", 10).bar(still(100));
    of.hear();
    of.venue.bust(executionId("x1"), 98);
    expect([of.hear(), books(of)]).toEqual(["x1 busted; a buy 10 at 98 taker", "10 and 99019.02"]);
    expect(of.venue.executions(instantOfMs(0)).map((fill) => fill.execution)).toEqual(["x2"]);
    expect(of.venue.find(clientOrderIdOf("a"), acme)).toMatchObject({ state: "filled" });
  });

  it("is not worked again: what remains of the order is what remained", () => {
    const of = place(market(), "a", "buy", 10).bar(still(100, 4));
    of.venue.bust(executionId("x1"));
    expect(of.venue.find(clientOrderIdOf("a"), acme)).toMatchObject({ state: "working", filled: 0n });
    of.bars(still(100), still(100));
    expect(of.hear()).toBe("a buy 4 at 100 taker; x1 busted; a buy 6 at 100 taker");
  });

  it("corrected while its order is alive leaves the same remainder", () => {
    const of = place(market(), "a", "buy", 10).bar(still(100, 4));
    of.venue.bust(executionId("x1"), 101);
    expect(of.venue.find(clientOrderIdOf("a"), acme)).toMatchObject({ state: "part_filled" });
    expect(of.bar(still(100)).hear()).toBe("a buy 4 at 100 taker; x1 busted; a buy 4 at 101 taker; a buy 6 at 100 taker");
  });

  it("leaves no reduce-only order behind for a position that is gone", () => {
    const of = place(market(), "a", "buy", 10).bar(still(100));
    of.place({ id: "s", instrument: "ACME", side: "sell", type: "stop", stop: 90, reduceOnly: true });
    of.hear();
    of.venue.bust(executionId("x1"));
    expect(of.hear()).toBe("x1 busted; s cancelled reduce_only");
    expect(of.venue.find(clientOrderIdOf("a"), acme)).toMatchObject({ state: "cancelled", filled: 0n });
  });

  it("is taken back once, and never what is not there", () => {
    const of = place(market(), "a", "buy", 10).bar(still(100));
    expect(["x1", "x1", "x9"].map((execution) => of.venue.bust(executionId(execution)))).toEqual([true, false, false]);
  });

  it("leaves equity as though it had never been, whatever came before and after", () => {
    const cases = fc.tuple(candlesOf(8), plansWithin(7), someSettings, fc.nat(5));
    let busted = 0;
    fc.assert(
      fc.property(cases, ([candles, plans, of, which]) => {
        const { venue } = play(candles, plans, of);
        const { equity } = venue.balance();
        const fills = venue.executions(instantOfMs(0)).filter(({ reason }) => reason === "order");
        const fill = fills[which % Math.max(1, fills.length)];
        if (fill === undefined) return;
        const last = BigInt(candles.at(-1)?.[3] ?? 0) * 10n ** 12n;
        const gained = ((fill.side === "buy" ? last - fill.price : fill.price - last) * fill.quantity) / 10n ** 12n - fill.fee;
        const held = venue.positions()[0]?.quantity ?? 0n;
        expect(venue.bust(fill.execution)).toBe(true);
        busted += 1;
        expect(formatExact(venue.balance().equity)).toBe(formatExact(equity - gained));
        expect(venue.positions()[0]?.quantity ?? 0n).toBe(held - (fill.side === "buy" ? fill.quantity : opposed(fill.quantity)));
      }),
      { seed: 20_261_121, numRuns: 150 },
    );
    expect(busted).toBeGreaterThan(80);
  });
});
