import { describe, expect, it } from "vitest";
import type { Wish } from "./an-order.ts";
import { aVenue, Market, type Candle } from "./a-market.ts";

/** One bar at 100 to learn the price, a position if asked for, the order, then the bars. */
function after(wish: Wish, candles: readonly Candle[], held: number, settings: Parameters<typeof aVenue>[0] = {}): string {
  const market = new Market(aVenue(settings)).bar([100, 100, 100, 100]);
  if (held !== 0) {
    market.place({ side: held > 0 ? "buy" : "sell", lots: Math.abs(held) });
    market.bar([100, 100, 100, 100]);
  }
  market.hear();
  expect(market.place({ id: "o", ...wish })).toBe("accepted");
  return market.bars(...candles).hear();
}

const buyLimit: Wish = { type: "limit", limit: 95 };
const sellStop: Wish = { type: "stop", side: "sell", stop: 95, reduceOnly: true };
const buyStop: Wish = { type: "stop", stop: 105 };
const bottoms: Candle = [100, 101, 95, 99];

describe("a market order", () => {
  it.each<[Candle[], Parameters<typeof aVenue>[0], string, string]>([
    [[[103, 110, 90, 95]], {}, "o buy 10 at 103 taker", "it trades at the next open, not at the close that it was decided on"],
    [[[1000, 1000, 1000, 1000]], { spreadBps: 20 }, "o buy 10 at 1001 taker", "a taker pays half the spread"],
    [[[1000, 1000, 1000, 1000]], { slippageBps: 30 }, "o buy 10 at 1003 taker", "a taker pays slippage"],
    [
      [[1000, 1000, 1000, 1000]],
      { spreadBps: 20, slippageBps: 1 },
      "o buy 10 at 1002 taker",
      "what is left of a tick is rounded against us",
    ],
    [[[100, 100, 100, 100, 0]], {}, "", "without volume there is nobody to trade with"],
  ])("after %j with %j says %j because %s", (candles, settings, said) => {
    expect(after({}, candles, 0, settings)).toBe(said);
  });

  it("never sells below one tick where prices stay above zero", () => {
    const market = new Market(aVenue({ slippageBps: 9000 })).bar([2, 2, 2, 2]);
    market.place({ id: "o", side: "sell" });
    expect(market.bar([1, 1, 1, 1]).hear()).toBe("o sell 10 at 1 taker");
  });
});

describe("a limit order", () => {
  it.each<[Candle[], Parameters<typeof aVenue>[0], string, string]>([
    [[bottoms], {}, "", "a touch alone does not fill it"],
    [[bottoms], { touchFills: true }, "o buy 10 at 95 maker", "the settings may let a touch fill it"],
    [[[100, 101, 94, 99]], {}, "o buy 10 at 95 maker", "it was traded through by a tick"],
    [[[90, 91, 89, 90]], {}, "o buy 10 at 90 taker", "it arrives at an open below it and takes the better price"],
    [
      [
        [100, 101, 99, 100],
        [90, 91, 89, 90],
      ],
      {},
      "o buy 10 at 90 maker",
      "a gap through a resting limit fills it at the better open",
    ],
    [
      [
        [1000, 1000, 960, 960],
        [95, 95, 95, 95],
      ],
      {},
      "",
      "the open only touches it",
    ],
    [[[94, 94, 94, 94]], { slippageBps: 500 }, "o buy 10 at 95 taker", "its limit bounds slippage"],
    [[[94, 94, 94, 94]], { spreadBps: 400 }, "o buy 10 at 95 maker", "inside the spread it takes nothing, rests, and is traded through"],
  ])("after %j with %j says %j because %s", (candles, settings, said) => {
    expect(after(buyLimit, candles, 0, settings)).toBe(said);
  });
});

describe("a stop", () => {
  it.each<[Wish, number, Candle[], Parameters<typeof aVenue>[0], string, string]>([
    [sellStop, 10, [[100, 101, 96, 99]], {}, "", "its trigger was not reached"],
    [sellStop, 10, [bottoms], {}, "o triggered; o sell 10 at 95 taker", "a touch sets it off"],
    [sellStop, 10, [bottoms], { slippageBps: 100 }, "o triggered; o sell 10 at 94 taker", "slippage worsens the trigger"],
    [sellStop, 10, [[90, 99, 89, 98]], {}, "o triggered; o sell 10 at 90 taker", "a gap through it fills at the open, not at the trigger"],
    [buyStop, 0, [[100, 106, 99, 104]], {}, "o triggered; o buy 10 at 105 taker", "a buy stop waits above"],
    [buyStop, 0, [[110, 112, 108, 111]], {}, "o triggered; o buy 10 at 110 taker", "a gap up costs the open"],
  ])("%j holding %i after %j with %j says %j because %s", (wish, held, candles, settings, said) => {
    expect(after(wish, candles, held, settings)).toBe(said);
  });

  it("goes before a target when the bar touched both", () => {
    const market = new Market(aVenue()).bar([100, 100, 100, 100]);
    market.place({});
    market.bar([100, 100, 100, 100]).hear();
    market.place({ id: "target", type: "limit", side: "sell", limit: 105, reduceOnly: true });
    market.place({ id: "stop", type: "stop", side: "sell", stop: 95, reduceOnly: true });
    expect(market.bar([100, 110, 90, 108]).hear()).toBe("stop triggered; stop sell 10 at 95 taker; target cancelled reduce_only");
  });
});

const stopLimit = (limit: number): Wish => ({ type: "stop_limit", side: "sell", stop: 95, limit, reduceOnly: true });

describe("a stop-limit", () => {
  it.each<[Wish, Candle[], string, string]>([
    [stopLimit(94), [bottoms], "o triggered; o sell 10 at 95 taker", "at its trigger the limit is marketable"],
    [stopLimit(94), [[90, 92, 89, 91]], "o triggered", "a gap beyond the limit leaves it resting"],
    [
      stopLimit(94),
      [[90, 96, 89, 95]],
      "o triggered; o sell 10 at 94 maker",
      "set off at the open it rests in this bar, which came back through it",
    ],
    [stopLimit(97), [[100, 101, 90, 100]], "o triggered", "set off within the bar it rests, and this bar's high may lie before that"],
    [
      stopLimit(97),
      [
        [100, 101, 90, 96],
        [96, 99, 95, 98],
      ],
      "o triggered; o sell 10 at 97 maker",
      "the next bar trades through it",
    ],
  ])("%j after %j says %j because %s", (wish, candles, said) => {
    expect(after(wish, candles, 10)).toBe(said);
  });
});

const trailing: Wish = { type: "trailing_stop", side: "sell", trail: "0.1", reduceOnly: true };

describe("a trailing stop", () => {
  it.each<[Wish, number, Candle[], string, string]>([
    [trailing, 10, [[100, 100, 91, 95]], "", "ten percent below the best price is 90"],
    [trailing, 10, [[100, 100, 90, 95]], "o triggered; o sell 10 at 90 taker", "it is reached"],
    [trailing, 10, [[100, 120, 95, 120]], "", "this bar's high is not held against this bar's low"],
    [
      trailing,
      10,
      [
        [100, 120, 95, 120],
        [119, 120, 108, 110],
      ],
      "o triggered; o sell 10 at 108 taker",
      "the high of the bar before raised it",
    ],
    [
      trailing,
      10,
      [
        [100, 120, 95, 120],
        [110, 111, 109, 110],
        [107, 109, 105, 106],
      ],
      "o triggered; o sell 10 at 107 taker",
      "it does not fall back, and a gap fills at the open",
    ],
    [trailing, 10, [[110, 110, 99, 105]], "o triggered; o sell 10 at 99 taker", "this bar's open raises it before the low"],
    [{ ...trailing, side: "buy" }, -10, [[100, 110, 99, 105]], "o triggered; o buy 10 at 110 taker", "a short's trail lies above"],
    [
      { ...trailing, side: "buy" },
      -10,
      [
        [100, 101, 80, 80],
        [80, 88, 79, 81],
      ],
      "o triggered; o buy 10 at 88 taker",
      "and follows downward",
    ],
  ])("%j holding %i after %j says %j because %s", (wish, held, candles, said) => {
    expect(after(wish, candles, held)).toBe(said);
  });
});
