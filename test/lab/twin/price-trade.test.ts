import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { priceTrade, type PriceRule, type Wish } from "../../../src/lab/twin/price-trade.ts";
import type { Series } from "../../../src/flow/market/bars.ts";
import { demoEquitiesPlan } from "../../../src/bin/equities-plan.ts";
import { exactOne } from "../../../src/words/exact.ts";
import { quietDays, share } from "../a-shares-plan.ts";
import { aCoin, candles, firstMs, hourMs, still, type Candle } from "../handmade.ts";

const coin = aCoin("AAA");
const free: PriceRule = { horizonBars: 3, feeBps: 0, spreadBps: 0, slippageBps: 0 };
const costly: PriceRule = { horizonBars: 3, feeBps: 5, spreadBps: 2, slippageBps: 1 };
const buy: Wish = { atMs: firstMs, side: "buy", notional: 1000 };
/** Bars by open, high, low, close in hundreds of ticks; prices come out as written. */
const market = (...of: readonly Candle[]) => candles(coin, of);
const net = (history: ReturnType<typeof market>, wish: Partial<Wish>, rule = free): unknown => {
  const found = priceTrade(history, { ...buy, ...wish }, rule);
  return "net" in found ? [Math.round(found.net * 1e6) / 1e6, found.endedBy] : found.unpriced;
};

// A tick of these coins is a whole unit of price, which every row below is written in.
const tick = Number(coin.tick) / 1e12;
const rising = market([100, 101, 99, 100], [100, 105, 100, 104], [104, 111, 103, 110], [110, 120, 109, 118]);
const at = (price: number): number => price * tick;

describe("a trade that was never made", () => {
  it.each([
    { wish: {}, brings: [100, "horizon"], because: "it was bought at 100 and three bars later stood at 110" },
    { wish: { side: "sell" }, brings: [-100, "horizon"], because: "a short loses what a long gains" },
    { wish: { atMs: firstMs + 1 }, brings: [180, "horizon"], because: "a decision within a bar meets the next one's open" },
    { wish: { takeProfit: at(104) }, brings: [40, "target"], because: "the second bar reached it" },
    { wish: { stopLoss: at(99) }, brings: [-10, "stop"], because: "the first bar fell to it before anything else is known" },
    { wish: { stopLoss: at(99), takeProfit: at(101) }, brings: [-10, "stop"], because: "a bar that met both is taken for the worse" },
    { wish: { side: "sell", stopLoss: at(103) }, brings: [-30, "stop"], because: "a short is stopped above" },
    { wish: { side: "sell", takeProfit: at(99) }, brings: [10, "target"], because: "and takes its profit below" },
    { wish: { atMs: firstMs + hourMs, stopLoss: at(101) }, brings: [0, "stop"], because: "a stop beyond the open goes at the open" },
    { wish: { atMs: firstMs + 2 * hourMs, takeProfit: at(102) }, brings: [0, "target"], because: "and so does a target" },
    { wish: { side: "sell", exit: true }, brings: [-100, "horizon"], because: "who had sold out at 100 would have missed 10" },
    { wish: { atMs: firstMs + 2 * hourMs }, brings: "data_ends", because: "nobody knows where the third bar closes" },
    {
      wish: { atMs: firstMs + 2 * hourMs, stopLoss: at(103) },
      brings: [-9.615385, "stop"],
      because: "what met its stop before the end is known",
    },
    { wish: { atMs: firstMs + 9 * hourMs }, brings: "data_ends", because: "there is no bar after it" },
  ] as const)("brings $brings because $because", ({ wish, brings }) => {
    expect(net(rising, wish)).toEqual(brings);
  });

  it.each`
    side      | exit         | brings | because
    ${"sell"} | ${undefined} | ${-4}  | ${"a short pays for a weekend of three nights and one more"}
    ${"buy"}  | ${undefined} | ${0}   | ${"a long borrows nothing"}
    ${"sell"} | ${true}      | ${0}   | ${"nor does who only closes"}
  `(
    "a $side of shares from Friday to Tuesday brings $brings where lending costs a thousandth a day: $because",
    ({ side, exit, brings }) => {
      const history = share("AAA", quietDays(8));
      const wish = { side, exit, atMs: history.bars.openMs[3]!, notional: 1000 } as const;
      expect(priceTrade(history, wish, { ...free, borrowBpsYear: 3600 })).toMatchObject({ net: expect.closeTo(brings, 9) });
    },
  );

  it("pays fee, half the spread and slippage on both sides, each on what it is worth then", () => {
    // 5 + 1 + 1 bps of 1000 going in and of 1100 coming out.
    expect(net(rising, {}, costly)).toEqual([100 - 0.7 - 0.77, "horizon"]);
    expect(net(rising, { side: "sell", exit: true }, costly), "an exit costs the same sooner or later").toEqual([-100, "horizon"]);
  });

  it("pays and receives the funding that fell due while it was open", () => {
    const funding: Series = {
      instrument: coin,
      length: 3,
      atMs: Float64Array.of(firstMs, firstMs + hourMs, firstMs + 9 * hourMs),
      value: [1n, 2n, 4n].map((of) => (of * exactOne) / 1000n),
    };
    const funded = { ...market(still(100), still(100), still(100), still(100)), funding };
    expect(net(funded, {}), "0.2% of 1000; what was due at the entry was another's").toEqual([-2, "horizon"]);
    expect(net(funded, { side: "sell" })).toEqual([2, "horizon"]);
  });

  it("enters a share at the open of the session that the decision was made for, though its daily bar is dated at midnight", () => {
    const plan = demoEquitiesPlan("1", 30);
    const history = plan.histories[0]!;
    const { bars } = history;
    const midnight = bars.openMs[10]!;
    const paid = (atMs: number) => {
      const priced = priceTrade(history, { ...buy, atMs }, free);
      return "openedMs" in priced ? priced.openedMs : priced.unpriced;
    };
    // The session of that winter's day opened at 14:30 UTC.
    expect(paid(midnight + 14.5 * hourMs)).toBe(midnight);
    expect(paid(midnight + 14.5 * hourMs + 1)).toBe(bars.openMs[11]);
  });

  it("says so where there is no history", () => {
    expect(priceTrade(undefined, buy, free)).toEqual({ unpriced: "no_history" });
  });

  it("never looks before the decision, whatever was there", () => {
    const price = fc.integer({ min: 50, max: 150 });
    const candle = fc.tuple(price, price, price, price).map(([a, b, c, d]): Candle => [a, Math.max(a, b, c, d), Math.min(a, b, c, d), d]);
    fc.assert(
      fc.property(
        fc.array(candle, { minLength: 4, maxLength: 12 }),
        fc.array(candle, { minLength: 2, maxLength: 5 }),
        fc.boolean(),
        price,
        price,
        (after, before, long, stop, target) => {
          const wish: Wish = {
            atMs: firstMs + before.length * hourMs,
            side: long ? "buy" : "sell",
            notional: 1000,
            stopLoss: at(stop),
            takeProfit: at(target),
          };
          const quiet = market(...before.map(() => still(1)), ...after);
          expect(priceTrade(market(...before, ...after), wish, costly)).toEqual(priceTrade(quiet, wish, costly));
        },
      ),
      { seed: 3 },
    );
  });
});
