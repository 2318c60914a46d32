import { describe, expect, it } from "vitest";
import { clientOrderIdOf, instrumentId } from "../../../src/words/ids.ts";
import { aVenue, Market, type Candle } from "./a-market.ts";

const still: Candle = [100, 100, 100, 100];
const wild: Candle = [100, 130, 70, 100];
const ready = (): Market => new Market(aVenue()).bar(still);
const perp = instrumentId("BTC.PERP");

describe("an auction", () => {
  it("takes orders and cancels, and fills nothing until the first open after its end", () => {
    const of = ready();
    of.venue.auction(0, true);
    expect([
      of.place({ id: "m" }),
      of.place({ id: "l", type: "limit", limit: 105 }),
      of.place({ id: "s", type: "stop", stop: 110 }),
    ]).toEqual(Array.from({ length: 3 }, () => "accepted"));
    expect(of.bars(wild, wild).hear()).toBe("");
    expect(of.venue.cancel(clientOrderIdOf("s"), perp).kind).toBe("cancelled");
    of.venue.auction(0, false);
    expect(of.bar(still).hear()).toBe("s cancelled asked; m buy 10 at 100 taker; l buy 10 at 100 taker");
  });

  it("that ends within a bar waits for the next open, since the range was made without us", () => {
    const of = ready();
    of.venue.auction(0, true);
    of.place({ id: "s", type: "stop", stop: 110 });
    of.open(wild);
    of.venue.auction(0, false);
    expect(of.range().close().hear()).toBe("");
    expect(of.place({ id: "m" })).toBe("accepted");
    expect(of.bar(wild).hear()).toBe("m buy 10 at 100 taker; s triggered; s buy 10 at 110 taker");
  });

  it("ends at once what may not wait", () => {
    const of = ready();
    of.venue.auction(0, true);
    of.place({ id: "i", tif: "ioc" });
    expect(of.bar(still).hear()).toBe("i cancelled halted");
  });

  it("gives way to a halt, in which nothing is placed", () => {
    const of = ready();
    of.venue.auction(0, true);
    of.venue.halt(0, true);
    of.venue.auction(0, false);
    expect(of.place({})).toBe("halted");
    of.venue.halt(0, false);
    expect(of.place({ id: "m" })).toBe("accepted");
    expect(of.bar(still).hear()).toBe("m buy 10 at 100 taker");
  });

  it("uncrosses at a quote where quotes drive the market", () => {
    const of = ready();
    of.venue.auction(0, true);
    of.place({ id: "m" });
    of.venue.quote(0, 99, 101, 50, 50, 60_000);
    expect(of.hear()).toBe("");
    of.venue.auction(0, false);
    of.venue.quote(0, 99, 101, 50, 50, 60_001);
    expect(of.hear()).toBe("m buy 10 at 101 taker");
  });
});

describe("a venue that ends an order by itself", () => {
  it("says so, and has nothing to end twice", () => {
    const of = ready();
    of.place({ id: "l", type: "limit", limit: 90 });
    const ends = (): boolean => of.venue.withdraw(clientOrderIdOf("l"));
    expect([ends(), ends(), of.hear()]).toEqual([true, false, "l cancelled venue"]);
  });
});
