import { describe, expect, it } from "vitest";
import { clientOrderIdOf, instrumentId } from "../../../src/words/ids.ts";
import { money } from "../../../src/words/money.ts";
import { price } from "../../../src/words/price.ts";
import { quantity } from "../../../src/words/quantity.ts";
import type { Wish } from "./an-order.ts";
import { anEquity, anOption, aPerpetual, aSpot, aVenue, Market } from "./a-market.ts";

const strict = aPerpetual({ minQuantity: quantity("2"), maxQuantity: quantity("100000"), minNotional: money("500"), leverageMax: 20 });
const everything = [strict, aSpot(), anEquity(false), anOption()];
const ready = (settings: Parameters<typeof aVenue>[0] = {}): Market => {
  const venue = aVenue({ instruments: everything, ...settings });
  everything.forEach((_, index) => new Market(venue, index).bar([100, 100, 100, 100]));
  return new Market(venue);
};

describe("an order is rejected", () => {
  it.each<[string, Wish, string]>([
    ["insufficient_margin", { lots: 10_001 }, "ten times the cash is all that leverage gives"],
    ["insufficient_margin", { type: "limit", limit: 200, lots: 5001 }, "a limit is valued at its own price"],
    ["insufficient_margin", { instrument: "BTC.SPOT", lots: 1001 }, "spot is paid in full"],
    ["insufficient_margin", { instrument: "BTC.SPOT", side: "sell" }, "spot that is not held cannot be sold"],
    ["insufficient_margin", { instrument: "ACME", side: "sell" }, "this share may not be sold short"],
    ["insufficient_margin", { instrument: "ACME.C100", lots: 11 }, "an option's hundred shares count"],
    ["insufficient_margin", { instrument: "ACME.C100", side: "sell" }, "options are not written here"],
    ["below_minimum", { lots: 1 }, "two is the smallest order"],
    ["below_minimum", { lots: 4 }, "it is worth less than 500"],
    ["bad_precision", { lots: "2.5" }, "half a lot is none"],
    ["bad_precision", { type: "limit", limit: "99.5" }, "half a tick is none"],
    ["bad_precision", { stopLoss: 95, takeProfit: 105.5 }, "a leg's price has ticks too"],
    ["bad_price", { type: "limit", limit: 0 }, "nothing trades at zero"],
    ["bad_price", { type: "limit", limit: -5 }, "nor below it"],
    ["bad_price", { type: "limit" }, "a limit order needs its limit"],
    ["bad_price", { type: "stop" }, "a stop needs its trigger"],
    ["bad_price", { type: "trailing_stop", trail: "1" }, "a trail of the whole price is none"],
    ["bad_price", { stopLoss: 105, takeProfit: 95 }, "a bracket's legs are the wrong way round"],
    ["reduce_only", { side: "sell", reduceOnly: true }, "there is nothing to reduce"],
    ["unknown_instrument", { instrument: "DOGE.PERP" }, "it is not traded here"],
    ["would_trigger", { type: "stop", stop: 100 }, "the last price is at the trigger"],
    ["would_trigger", { type: "stop", side: "sell", stop: 101 }, "the last price is below a sell stop"],
    ["other", { account: "someone" }, "it is another's account"],
    ["other", { lots: 100_001 }, "it is above the largest order"],
  ])("as %s: %j because %s", (reason, wish) => {
    expect(ready().place(wish)).toBe(reason);
  });

  it.each<[string, Wish]>([
    ["other", { type: "trailing_stop", trail: "0.1" }],
    ["other", { stopLoss: 95 }],
    ["other", { oco: "x" }],
  ])("as %s when the venue is not able: %j", (reason, wish) => {
    expect(ready({ able: { brackets: false, oco: false, replace: false, trailing: false } }).place(wish)).toBe(reason);
  });

  it.each<[string, Wish]>([
    ["accepted", { lots: 10_000 }],
    ["accepted", { lots: 5 }],
    ["accepted", { type: "stop", stop: 101 }],
    ["accepted", { instrument: "BTC.SPOT", lots: 1000 }],
    ["accepted", { instrument: "ACME.C100", lots: 10 }],
  ])("not, but %s, one step inside the rule: %j", (accepted, wish) => {
    expect(ready().place(wish)).toBe(accepted);
  });

  it("as leverage above what the instrument allows", () => {
    expect(ready({ leverage: 21 }).place({})).toBe("leverage");
  });

  it("as halted, while its instrument is", () => {
    const market = ready();
    market.venue.halt(0, true);
    expect([market.place({}), market.place({ instrument: "BTC.SPOT" })]).toEqual(["halted", "accepted"]);
    market.venue.halt(0, false);
    expect(market.place({})).toBe("accepted");
  });

  it("as duplicate whatever became of the first, which keeps its record", () => {
    const market = ready();
    expect([market.place({ id: "a" }), market.place({ id: "a" })]).toEqual(["accepted", "duplicate_id"]);
    expect([market.place({ id: "b", lots: 1 }), market.place({ id: "b" })]).toEqual(["below_minimum", "duplicate_id"]);
    expect(market.venue.find(clientOrderIdOf("b"), instrumentId("BTC.PERP"))).toMatchObject({ state: "rejected" });
    expect([market.place({ id: "c", stopLoss: 90 }), market.place({ id: "c.s" })]).toEqual(["accepted", "duplicate_id"]);
  });

  it("when working orders have claimed the margin, until they are cancelled", () => {
    const market = ready();
    market.place({ id: "a", type: "limit", limit: 50, lots: 15_000 });
    expect(market.place({ lots: 5000 })).toBe("insufficient_margin");
    expect(market.place({ side: "sell", lots: 9000 })).toBe("accepted");
    market.venue.cancel(clientOrderIdOf("a"), instrumentId("BTC.PERP"));
    expect(market.place({ lots: 5000 })).toBe("accepted");
  });

  it("never when it only lessens the position, however little is left", () => {
    const market = ready();
    market.place({ lots: 10_000 });
    market.bar([100, 100, 100, 100]).bar([95, 95, 95, 95]);
    expect([market.place({ lots: 10 }), market.place({ side: "sell", lots: 10_000 })]).toEqual(["insufficient_margin", "accepted"]);
  });

  it("not for a price below zero where the instrument allows it", () => {
    const spread = aPerpetual({ priceMayBeNegative: true, tick: price("0.5") });
    const market = new Market(aVenue({ instruments: [spread] })).bar([-10, -10, -10, -10]);
    expect(market.place({ id: "o", type: "limit", limit: -6 })).toBe("accepted");
    expect(market.bar([-13, -12, -14, -13]).hear()).toBe("o buy 10 at -6.5 taker");
  });
});
