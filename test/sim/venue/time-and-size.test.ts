import { describe, expect, it } from "vitest";
import { clientOrderIdOf, instrumentId } from "../../../src/words/ids.ts";
import type { Wish } from "./an-order.ts";
import { aVenue, instantOf, Market, minuteMs, type Candle } from "./a-market.ts";

const still = (volume: number): Candle => [100, 100, 100, 100, volume];
const falling: Candle = [100, 100, 40, 40];

describe("time in force", () => {
  it.each<[Wish, Candle[], string, string]>([
    [
      { tif: "gtc" },
      [still(8), still(8), still(8)],
      "o buy 4 at 100 taker; o buy 4 at 100 taker; o buy 2 at 100 taker",
      "the rest of a market order goes on at the next opens",
    ],
    [{ tif: "ioc" }, [still(8), still(8)], "o buy 4 at 100 taker; o cancelled ioc", "the rest is cancelled at once"],
    [{ tif: "ioc" }, [still(0)], "o cancelled ioc", "nothing there is nothing filled"],
    [{ tif: "fok" }, [still(8), still(80)], "o cancelled fok", "it fills whole or not at all"],
    [{ tif: "fok" }, [still(20)], "o buy 10 at 100 taker", "the whole is there"],
    [{ type: "limit", limit: 90, tif: "ioc" }, [falling], "o cancelled ioc", "at its arrival the market is above its limit"],
    [{ type: "limit", limit: 90, tif: "fok" }, [falling], "o cancelled fok", "the same for all or nothing"],
    [
      { type: "limit", limit: 100, tif: "gtc" },
      [still(8), [100, 101, 98, 99, 100]],
      "o buy 4 at 100 taker; o buy 6 at 100 maker",
      "what is left of a limit rests and becomes a maker",
    ],
    [{ type: "limit", limit: 90, tif: "day" }, [still(8)], "", "a day order stays until the session ends"],
  ])("%j over %j says %j because %s", (wish, candles, said) => {
    const market = new Market(aVenue({ participation: 0.5 })).bar(still(8));
    expect(market.place({ id: "o", ...wish })).toBe("accepted");
    expect(market.bars(...candles).hear()).toBe(said);
  });

  it("ends day orders with the session, and only those", () => {
    const market = new Market(aVenue()).bar(still(8));
    market.place({ id: "day", type: "limit", limit: 50, tif: "day" });
    market.place({ id: "gtc", type: "limit", limit: 50 });
    market.bar(still(8));
    market.venue.endSession(0);
    expect(market.hear()).toBe("day cancelled expired");
    expect(market.venue.find(clientOrderIdOf("day"), instrumentId("BTC.PERP"))).toMatchObject({ state: "expired" });
  });
});

describe("participation", () => {
  it("is shared by all our orders of one side in a bar", () => {
    const market = new Market(aVenue({ participation: 0.29 })).bar(still(8));
    market.place({ id: "a", lots: 20 });
    market.place({ id: "b", lots: 20 });
    market.place({ id: "c", lots: 20, side: "sell" });
    expect(market.bar(still(100)).hear()).toBe("a buy 20 at 100 taker; b buy 9 at 100 taker; c sell 20 at 100 taker");
  });

  it("leaves the rest of a triggered stop to the next open", () => {
    const market = new Market(aVenue()).bar(still(100));
    market.place({});
    market.bar(still(100)).hear();
    market.place({ id: "s", type: "stop", side: "sell", stop: 95, reduceOnly: true });
    const said = market.bars([100, 100, 90, 92, 4], [91, 99, 91, 99, 4], [98, 98, 98, 98, 4]).hear();
    expect(said).toBe("s triggered; s sell 4 at 95 taker; s sell 4 at 91 taker; s sell 2 at 98 taker");
  });
});

describe("latency", () => {
  const rising: Candle = [100, 160, 100, 160];
  it.each<[number, Wish, Candle[], string, number, string]>([
    [0, {}, [rising], "o buy 10 at 100 taker", 0, "without latency it is there at the open"],
    [30_000, {}, [rising], "o buy 10 at 130 taker", 30_000, "half a bar later the price is half way"],
    [60_000, {}, [rising, [170, 170, 170, 170]], "o buy 10 at 170 taker", 60_000, "a bar later it meets the next open"],
    [150_000, {}, [rising, rising, [100, 100, 80, 80]], "o buy 10 at 90 taker", 150_000, "longer than bars it skips them"],
    [
      1,
      { type: "limit", limit: 99 },
      [[100, 101, 97, 100]],
      "o buy 10 at 99 maker",
      30_000,
      "a limit there before the middle may be touched",
    ],
    [45_000, { type: "limit", limit: 99 }, [[100, 101, 97, 100]], "", 0, "a limit that comes later may have missed the touch"],
    [
      45_000,
      { type: "stop", side: "sell", stop: 98 },
      [[100, 101, 97, 100]],
      "o triggered; o sell 10 at 98 taker",
      45_000,
      "of a stop the worst is assumed",
    ],
    [
      45_000,
      { type: "stop", side: "sell", stop: 98 },
      [[100, 101, 90, 96]],
      "o triggered; o sell 10 at 97 taker",
      45_000,
      "the path was past the stop when it came",
    ],
  ])("of %i ms for %j over %j says %j because %s", (latencyMs, wish, candles, said, atMs) => {
    const market = new Market(aVenue({ latencyMs })).bar(still(8));
    market.place({ id: "o", ...wish });
    expect(market.bars(...candles).hear()).toBe(said);
    if (said !== "") expect(instantOf(market.reports.at(-1)!) - minuteMs).toBe(atMs);
  });
});

describe("a price on the path", () => {
  it("is not rounded over a tick by what doubles cannot hold", () => {
    const market = new Market(aVenue({ latencyMs: 59_000, slippageBps: 500 })).bar([34, 34, 34, 34]);
    market.place({ id: "o" });
    // 34 + 40 × 59/60 is 73⅓, and five percent more is 77, which doubles put a hair above.
    expect(market.bar([34, 74, 34, 74]).hear()).toBe("o buy 10 at 77 taker");
  });
});

describe("within a bar", () => {
  it("a trail that came late knows nothing of the bar's high", () => {
    const market = new Market(aVenue({ latencyMs: 45_000 })).bar(still(100));
    market.place({});
    market.bar(still(100)).hear();
    market.place({ id: "t", type: "trailing_stop", side: "sell", trail: "0.1", reduceOnly: true });
    expect(market.bars([100, 200, 100, 100], [100, 100, 91, 95], [95, 95, 90, 95]).hear()).toBe("t triggered; t sell 10 at 90 taker");
  });

  it("an entry waits for the next bar", () => {
    const market = new Market(aVenue()).open([100, 120, 80, 100]);
    market.place({ id: "m" });
    market.place({ id: "l", type: "limit", limit: 90 });
    market.place({ id: "s", type: "stop", stop: 110 });
    expect(market.range().close().hear()).toBe("");
    expect(market.bar([100, 100, 100, 100]).hear()).toBe("m buy 10 at 100 taker");
  });

  it("a protective stop takes the whole range against it, a target waits", () => {
    const market = new Market(aVenue()).bar(still(8));
    market.place({ id: "entry" });
    expect(market.open([100, 120, 90, 110]).hear()).toBe("entry buy 10 at 100 taker");
    expect(market.place({ id: "target", type: "limit", side: "sell", limit: 115, reduceOnly: true })).toBe("accepted");
    expect(market.range().hear()).toBe("");
    market.place({ id: "stop", type: "stop", side: "sell", stop: 95, reduceOnly: true });
    expect(market.range().hear()).toBe("stop triggered; stop sell 10 at 95 taker; target cancelled reduce_only");
  });

  it("puts every effect after its cause", () => {
    const market = new Market(aVenue({ latencyMs: 50 })).bar(still(8));
    market.place({ id: "entry", type: "limit", limit: 95 });
    market.open([100, 120, 90, 110]).range();
    market.place({ id: "stop", type: "stop", side: "sell", stop: 93, reduceOnly: true });
    expect(market.range().close().hear()).toBe("entry buy 10 at 95 maker; stop triggered; stop sell 10 at 93 taker");
    expect(market.reports.map(instantOf)).toEqual([90_000, 105_000, 105_000]);
  });

  it("nothing happens after the close", () => {
    const market = new Market(aVenue()).bar(still(8));
    market.place({ id: "l", type: "limit", limit: 95 });
    market.open([100, 100, 90, 100]).close().range();
    expect(market.hear()).toBe("");
  });
});
