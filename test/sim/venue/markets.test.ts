import { describe, expect, it } from "vitest";
import { money } from "../../../src/words/money.ts";
import { price } from "../../../src/words/price.ts";
import { quantity } from "../../../src/words/quantity.ts";
import type { Wish } from "./an-order.ts";
import { anotherPerpetual, aPerpetual, aVenue, Market, type Candle } from "./a-market.ts";

type Settings = Parameters<typeof aVenue>[0];
const still: Candle = [100, 100, 100, 100];
/** Holds `lots` bought or sold at 100, with the cash of a small account. */
const holding = (lots: number, settings: Settings = {}): Market => {
  const market = new Market(aVenue({ startCash: money("1000"), ...settings })).bar(still);
  market.place({ side: lots > 0 ? "buy" : "sell", lots: Math.abs(lots) });
  market.bar(still).hear();
  return market;
};

describe("stops on the mark", () => {
  const stop: Wish = { id: "s", type: "stop", side: "sell", stop: 95, reduceOnly: true, triggerBy: "mark" };
  it("ignore the last price while marks come, and trade at the next open once one sets them off", () => {
    const market = holding(10);
    market.venue.setMark(0, price("100"), 120_000);
    market.place(stop);
    expect(market.bar([100, 100, 90, 99]).hear()).toBe("");
    market.venue.setMark(0, price("94.5"), 180_000);
    expect([market.hear(), market.bar([98, 98, 98, 98]).hear()]).toEqual(["s triggered", "s sell 10 at 98 taker"]);
  });

  it("trade on the bar's path when the mark comes within a bar", () => {
    const market = holding(10);
    market.place(stop);
    market.open([100, 100, 96, 96]);
    market.venue.setMark(0, price("94"), 150_000);
    expect(market.range().close().hear()).toBe("s triggered; s sell 10 at 98 taker");
  });

  it("take the last price for the mark when there are no marks", () => {
    const market = holding(10);
    market.place(stop);
    expect(market.bar([100, 100, 94, 99]).hear()).toBe("s triggered; s sell 10 at 95 taker");
  });

  it("let a trail follow the mark", () => {
    const market = holding(10);
    market.place({ id: "t", type: "trailing_stop", side: "sell", trail: "0.1", triggerBy: "mark", reduceOnly: true });
    for (const [mark, atMs] of [
      ["120", 120_000],
      ["109", 120_001],
      ["108", 120_002],
    ] as const)
      market.venue.setMark(0, price(mark), atMs);
    expect(market.hear()).toBe("t triggered");
  });
});

describe("a halt", () => {
  it("lets nothing trade, keeps what rests, and ends what cannot wait", () => {
    const market = new Market(aVenue()).bar(still);
    market.place({ id: "l", type: "limit", limit: 95 });
    market.place({ id: "m" });
    market.place({ id: "i", tif: "ioc" });
    market.venue.halt(0, true);
    expect(market.bars([90, 100, 90, 90]).hear()).toBe("i cancelled halted");
    market.venue.halt(0, false);
    expect(market.bar([92, 93, 92, 92]).hear()).toBe("l buy 10 at 92 taker; m buy 10 at 92 taker");
  });
});

const quoted = (settings: Settings = {}): Market => {
  const market = new Market(aVenue({ slippageBps: 50, ...settings }));
  market.venue.quote(0, 99, 101, 5, 5, 1000);
  return market;
};

describe("quotes", () => {
  it("fill a market order at the other side, within its size, quote after quote", () => {
    const market = quoted();
    market.place({ id: "o", lots: 8 });
    market.venue.quote(0, 100, 102, 9, 5, 2000);
    market.venue.quote(0, 101, 103, 9, 5, 3000);
    expect(market.hear()).toBe("o buy 5 at 102 taker; o buy 3 at 103 taker");
  });

  it("wait for the order's arrival", () => {
    const market = quoted({ latencyMs: 1500 });
    market.place({ id: "o", lots: 5 });
    market.venue.quote(0, 100, 102, 9, 9, 2000);
    market.venue.quote(0, 100, 104, 9, 9, 2500);
    expect(market.hear()).toBe("o buy 5 at 104 taker");
  });

  it("come to a resting limit, and set off stops", () => {
    const market = quoted();
    market.place({ id: "l", type: "limit", limit: 100, lots: 5 });
    market.venue.quote(0, 99, 101, 9, 9, 2000);
    market.venue.quote(0, 98, 99, 9, 9, 3000);
    expect(market.hear()).toBe("l buy 5 at 100 maker");
    market.place({ id: "s", type: "stop", side: "sell", stop: 95, lots: 5, reduceOnly: true });
    market.venue.quote(0, 96, 97, 9, 9, 4000);
    market.venue.quote(0, 94, 95, 9, 9, 5000);
    expect(market.hear()).toBe("s triggered; s sell 5 at 94 taker");
  });
});

const pair = (): readonly [Market, Market] => {
  const venue = aVenue({ instruments: [aPerpetual(), anotherPerpetual()] });
  return [new Market(venue, 0), new Market(venue, 1)];
};

describe("several instruments", () => {
  it("whose bars are open at once answer each in its own time", () => {
    const [btc, eth] = pair();
    btc.open(still);
    eth.open(still);
    btc.range().close();
    btc.place({ id: "e", instrument: "ETH.PERP" });
    btc.place({ id: "b" });
    // The other instrument's bar closes at the instant of this decision, so it is over for it.
    expect(eth.range().close().hear()).toBe("");
    expect([btc.bar(still).hear(), eth.bar(still).hear()]).toEqual(["b buy 10 at 100 taker", "e buy 10 at 100 taker"]);
  });

  it("cancel one another across an OCO group by a full fill only", () => {
    const [btc, eth] = pair();
    btc.bar(still);
    eth.bar(still);
    btc.place({ id: "b", type: "limit", limit: 95, oco: "one" });
    btc.place({ id: "e", type: "limit", limit: 95, oco: "one", instrument: "ETH.PERP" });
    expect(btc.bar([100, 100, 90, 100, 4]).hear()).toBe("b buy 4 at 95 maker");
    expect(eth.venue.openOrders().map(({ id, quantity: size }) => [id, size])).toEqual([
      ["b", quantity("10")],
      ["e", quantity("10")],
    ]);
    expect(eth.bar([100, 100, 90, 100]).hear()).toBe("e buy 10 at 95 maker; b cancelled oco");
  });
});
