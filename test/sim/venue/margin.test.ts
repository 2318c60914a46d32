import { describe, expect, it } from "vitest";
import { money } from "../../../src/words/money.ts";
import { price } from "../../../src/words/price.ts";
import { quantity } from "../../../src/words/quantity.ts";
import { rate } from "../../../src/words/rate.ts";
import type { Wish } from "./an-order.ts";
import { anotherPerpetual, anOption, aPerpetual, aVenue, Market, type Candle } from "./a-market.ts";

type Settings = Parameters<typeof aVenue>[0];
const still: Candle = [100, 100, 100, 100];
/** Holds `lots` bought or sold at 100, with the cash of a small account. */
const holding = (lots: number, settings: Settings = {}): Market => {
  const market = new Market(aVenue({ startCash: money("1000"), ...settings })).bar(still);
  market.place({ side: lots > 0 ? "buy" : "sell", lots: Math.abs(lots) });
  market.bar(still).hear();
  return market;
};

describe("fees", () => {
  it.each<[Wish, Candle, string, string]>([
    [{}, still, "999.6", "a taker of 1000 pays four basis points"],
    [{ type: "limit", limit: 100 }, [101, 101, 99, 101], "1000.1", "a maker's rebate of one basis point is paid out"],
  ])("for %j leave %s because %s", (wish, candle, cash) => {
    const market = new Market(aVenue({ startCash: money("1000"), takerFee: rate("0.0004"), makerFee: rate("-0.0001") })).bar([
      101, 101, 101, 101,
    ]);
    market.place(wish);
    expect(market.bar(candle).cash).toBe(cash);
  });

  it("are rounded up at the last digit", () => {
    const of = aPerpetual({ tick: price("0.1") });
    const market = new Market(aVenue({ instruments: [of], startCash: money("1000"), takerFee: rate("0.000000000001") })).bar(still);
    market.place({ lots: 1 });
    // 10.1 × 10^-12 is not a whole number of 10^-12.
    expect(market.bar([101, 101, 101, 101]).cash).toBe("999.999999999989");
  });

  it("count an option's multiplier", () => {
    const market = new Market(aVenue({ instruments: [anOption()], takerFee: rate("0.001") })).bar(still);
    market.place({ instrument: "ACME.C100", lots: 2 });
    expect([market.bar(still).cash, market.equity]).toEqual(["79980", "99980"]);
  });
});

describe("the books", () => {
  it("average entries, realise on exits, and open the other side at its own price", () => {
    const market = holding(10);
    market.place({ lots: 10 });
    market.bar([110, 110, 110, 110]);
    market.place({ side: "sell", lots: 5 });
    market.bar([120, 120, 120, 120]);
    // Average 105; five sold at 120 realise 75.
    expect([market.cash, market.equity]).toEqual(["1075", "1300"]);
    market.place({ side: "sell", lots: 20 });
    market.bar([125, 125, 125, 125]);
    expect([market.held, market.cash, market.equity]).toEqual(["-5", "1375", "1375"]);
    expect(market.venue.positions()).toEqual([{ instrument: "BTC.PERP", quantity: quantity("-5"), cost: money("625") }]);
  });
});

describe("funding", () => {
  it.each<[number, string, string, string]>([
    [10, "0.0001", "funding -0.1", "longs pay a positive rate"],
    [-10, "0.0001", "funding 0.1", "and shorts receive it"],
    [10, "-0.0001", "funding 0.1", "a negative rate turns it round"],
    [10, "0.000000000001", "funding -0.000000001", "it is exact to the last digit"],
  ])("of %i at %s says %j because %s", (lots, fundingRate, said) => {
    const market = holding(lots);
    market.venue.fund(0, rate(fundingRate), 120_000);
    expect(market.hear()).toBe(said);
  });

  it("is paid at the mark, and by nobody who holds nothing", () => {
    const market = holding(10);
    market.venue.setMark(0, price("200"), 120_000);
    market.venue.fund(0, rate("0.01"), 120_000);
    expect([market.hear(), market.cash]).toEqual(["funding -20", "980"]);
    const idle = new Market(aVenue()).bar(still);
    idle.venue.fund(0, rate("0.01"), 60_000);
    expect(idle.hear()).toBe("");
  });
});

describe("cross liquidation", () => {
  it.each<[number, Candle, Settings, string, string]>([
    // 100 long at 100 on 1000: 1000 + 100(P − 100) < P gives P < 90.90…
    [100, [100, 100, 91, 95], {}, "", "at 91 the account still stands"],
    [100, [100, 100, 80, 95], {}, "liquidation sell 100 at 90 taker; liquidation fee 180", "90 is the first price at which it does not"],
    [
      100,
      [100, 100, 80, 95],
      { slippageBps: 100 },
      "liquidation sell 100 at 90 taker; liquidation fee 180",
      "entered at 101 it falls at 91, and slippage worsens that",
    ],
    [100, [85, 95, 80, 95], {}, "liquidation sell 100 at 85 taker; liquidation fee 170", "a gap liquidates at the open"],
    // 100 short: 1000 − 100(P − 100) < P gives P > 108.91…
    [-100, [100, 108, 100, 105], {}, "", "a short stands up to 108"],
    [-100, [100, 130, 100, 105], {}, "liquidation buy 100 at 109 taker; liquidation fee 218", "and falls at 109"],
  ])("of %i over %j with %j says %j because %s", (lots, candle, settings, said) => {
    expect(holding(lots, settings).bar(candle).hear()).toBe(said);
  });

  it("leaves a gap's loss below zero with the account", () => {
    expect(holding(100).bar([80, 80, 80, 80]).cash).toBe("-1160");
  });

  it("comes after a nearer stop and before a farther one", () => {
    const nearer = holding(100);
    nearer.place({ id: "s", type: "stop", side: "sell", stop: 92, lots: 100, reduceOnly: true });
    expect(nearer.bar([100, 100, 80, 95]).hear()).toBe("s triggered; s sell 100 at 92 taker");
    const farther = holding(100);
    farther.place({ id: "s", type: "stop", side: "sell", stop: 89, lots: 100, reduceOnly: true });
    expect(farther.bar([100, 100, 80, 95]).hear()).toBe("s cancelled liquidation; liquidation sell 100 at 90 taker; liquidation fee 180");
  });

  it("takes the position with the largest maintenance first, and stops when the rest stands", () => {
    const venue = aVenue({ instruments: [aPerpetual(), anotherPerpetual()], startCash: money("1000") });
    const [btc, eth] = [new Market(venue, 0).bar(still), new Market(venue, 1).bar(still)];
    btc.place({ lots: 60 });
    eth.place({ lots: 20, instrument: "ETH.PERP" });
    btc.bar(still);
    eth.bar(still);
    eth.hear();
    // 1000 − 20 × 50 from the second leaves nothing for the maintenance of the first, which is the larger: it is closed at its mark.
    expect(eth.bar([50, 50, 50, 50]).hear()).toBe(
      "liquidation sell 60 at 100 taker; liquidation fee 120; liquidation sell 20 at 50 taker; liquidation fee 20",
    );
    expect(venue.positions()).toEqual([]);
  });

  it("watches the mark while marks come, not the last price", () => {
    const market = holding(100);
    market.venue.setMark(0, price("99"), 120_000);
    expect(market.bar([100, 100, 80, 100]).hear()).toBe("");
    market.venue.setMark(0, price("90"), 180_000);
    expect(market.hear()).toBe("liquidation sell 100 at 90 taker; liquidation fee 180");
  });
});

describe("isolated liquidation", () => {
  const isolated: Settings = { marginMode: "isolated", startCash: money("100000") };
  it.each<[number, Candle, string, string]>([
    // 1000 stand behind 100 at leverage 10, whatever else is in the account.
    [100, [100, 100, 91, 95], "", "its own margin still carries it"],
    [100, [100, 100, 80, 95], "liquidation sell 100 at 90 taker; liquidation fee 180", "the rest of the account does not help"],
    [-100, [100, 130, 100, 105], "liquidation buy 100 at 109 taker; liquidation fee 218", "the same upward"],
  ])("of %i over %j says %j because %s", (lots, candle, said) => {
    expect(holding(lots, isolated).bar(candle).hear()).toBe(said);
  });

  it("counts funding against the position's own margin", () => {
    const market = holding(100, isolated);
    market.venue.fund(0, rate("0.05"), 120_000);
    expect(market.bar([100, 100, 96, 96]).hear()).toBe("funding -500");
    expect(market.bar([96, 96, 94, 96]).hear()).toBe("liquidation sell 100 at 95 taker; liquidation fee 190");
  });
});
