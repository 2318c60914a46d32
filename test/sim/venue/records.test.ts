import { describe, expect, it } from "vitest";
import { instantOfMs } from "../../../src/words/instant.ts";
import { quantity } from "../../../src/words/quantity.ts";
import { anEquity, aSpot, aVenue, Market, minuteMs, type Candle } from "./a-market.ts";

const still = (volume: number): Candle => [100, 100, 100, 100, volume];

describe("what is paid in full", () => {
  it("cancels what cash no longer covers", () => {
    const market = new Market(aVenue({ instruments: [aSpot()] })).bar(still(8));
    expect(market.place({ id: "o", instrument: "BTC.SPOT", lots: 1000 })).toBe("accepted");
    expect(market.bar([150, 150, 150, 150]).hear()).toBe("o buy 666 at 150 taker; o cancelled venue");
    expect([market.cash, market.equity]).toEqual(["100", "100000"]);
  });

  it("sells shares short where they may be, and owes them", () => {
    const market = new Market(aVenue({ instruments: [anEquity()] })).bar(still(8));
    market.place({ instrument: "ACME", side: "sell", lots: 100 });
    market.bar(still(1000));
    expect([market.held, market.cash, market.equity]).toEqual(["-100", "110000", "100000"]);
    market.bar([120, 120, 120, 120]);
    expect(market.equity).toBe("98000");
  });
});

describe("the records", () => {
  it("list resting stops apart from open orders", () => {
    const market = new Market(aVenue()).bar(still(100));
    market.place({ id: "stop", type: "stop", stop: 120 });
    market.place({ id: "limit", type: "limit", limit: 90 });
    expect(market.venue.openOrders().map(({ id }) => id)).toEqual(["limit"]);
    expect(market.venue.conditionalOrders()).toMatchObject([{ id: "stop", conditional: true, venueOrder: "v1", state: "working" }]);
  });

  it("give executions since an instant, with ids in order", () => {
    const market = new Market(aVenue()).bar(still(100));
    market.place({ id: "o", lots: 150 });
    market.bars(still(100), still(100));
    expect(market.venue.executions(instantOfMs(0)).map(({ execution }) => execution)).toEqual(["x1", "x2"]);
    expect(market.venue.executions(instantOfMs(120_000))).toMatchObject([{ execution: "x2", quantity: quantity("50") }]);
  });

  it("hand each report over once, and the same empty list when there is none", () => {
    const { venue } = new Market(aVenue());
    const market = new Market(venue).bar(still(100));
    market.place({});
    venue.openBar(0, minuteMs, minuteMs, 100, 100, 100, 100, 100);
    expect([venue.pending, venue.drain().length, venue.pending, venue.drain().length]).toEqual([true, 1, false, 0]);
    expect(venue.drain()).toBe(venue.drain());
  });
});
