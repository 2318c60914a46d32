import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Watched, type FrameWish } from "../../../src/flow/market/watched.ts";
import { strategies } from "../../../src/flow/proposals/strategies/strategies.ts";
import { demoMarket } from "../../../src/sim/market/demo-market.ts";
import { formatExact } from "../../../src/words/exact.ts";
import { instantOfMs } from "../../../src/words/instant.ts";
import { intervals, type Interval } from "../../../src/words/interval.ts";
import { price } from "../../../src/words/price.ts";
import { quantity } from "../../../src/words/quantity.ts";
import { rate } from "../../../src/words/rate.ts";
import { aPerpetual, hourMs, startMs, watchedThrough } from "../context/some-context.ts";

fc.configureGlobal({ seed: 20261121 });

const bare: readonly FrameWish[] = [{ times: 1, indicators: {} }];
const intervalOf = (base: Interval, times: number): Interval =>
  new Watched(aPerpetual(), base, [{ times, indicators: {} }], 2).frames[0]!.interval;

describe("a coarser interval", () => {
  it.each`
    base    | times | interval | because
    ${"1m"} | ${1}  | ${"1m"}  | ${"once is the base itself"}
    ${"1m"} | ${4}  | ${"5m"}  | ${"four minutes are no interval; five are the next"}
    ${"3m"} | ${4}  | ${"15m"} | ${"twelve are none, and fifteen are whole threes"}
    ${"1h"} | ${4}  | ${"4h"}  | ${"four hours are one"}
    ${"8h"} | ${4}  | ${"1w"}  | ${"32 hours are none, and a day is shorter"}
    ${"1w"} | ${4}  | ${"1w"}  | ${"there is nothing longer"}
  `("than $base by $times is $interval: $because", ({ base, times, interval }) => {
    expect(intervalOf(base, times)).toBe(interval);
  });

  it("is made of whole base bars for every base that there is", () => {
    for (const base of intervals) for (let times = 1; times <= 12; times++) expect(() => intervalOf(base, times)).not.toThrow();
  });
});

describe("a watched asset's quote", () => {
  it.each`
    ticks     | spreadBps | bid          | ask          | because
    ${1000}   | ${0}      | ${"100"}     | ${"100"}     | ${"no spread"}
    ${1000}   | ${2}      | ${"99.9"}    | ${"100.1"}   | ${"one basis point either way is a tenth of a tick, and rounds outward"}
    ${1000}   | ${20}     | ${"99.9"}    | ${"100.1"}   | ${"ten basis points are just a tick"}
    ${1000}   | ${20.02}  | ${"99.8"}    | ${"100.2"}   | ${"a hair more is two"}
    ${955055} | ${2}      | ${"95495.9"} | ${"95515.1"} | ${"9.55055 dollars round up to 9.6"}
  `("at $ticks ticks with $spreadBps bps is $bid to $ask: $because", ({ ticks, spreadBps, bid, ask }) => {
    const quote = watchedThrough([ticks], bare, { spreadBps }).quote();
    expect([formatExact(quote.bid), formatExact(quote.ask)]).toEqual([bid, ask]);
    expect(quote.last).toBe(price((ticks / 10).toFixed(1)));
  });

  it("is of the last bar's end", () => {
    expect(watchedThrough([1000, 1001], bare).quote().quotedAt).toEqual(instantOfMs(startMs + 2 * hourMs));
  });

  it("has touches at least half of the spread away, on ticks, by less than a tick more", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 10_000_000 }), fc.integer({ min: 0, max: 10_000 }), (ticks, hundredths) => {
        const { bid, ask, last } = watchedThrough([ticks], bare, { spreadBps: hundredths / 50 }).quote();
        const { tick } = aPerpetual();
        // Half the spread is `hundredths` of a basis point of the price: multiplied out, nothing is rounded.
        const half = last * BigInt(hundredths);
        for (const away of [ask - last, last - bid]) {
          expect(away % tick).toBe(0n);
          expect(away * 1_000_000n).toBeGreaterThanOrEqual(half);
          expect((away - tick) * 1_000_000n).toBeLessThan(half === 0n ? 1n : half);
        }
      }),
    );
  });

  it.each`
    ageMs         | mark     | because
    ${0}          | ${"101"} | ${"it is of this instant"}
    ${hourMs - 1} | ${"101"} | ${"it is younger than a bar"}
    ${hourMs}     | ${"100"} | ${"a bar later nobody knows: the last price stands for it"}
    ${8 * hourMs} | ${"100"} | ${"a mark of eight hours ago says nothing"}
  `("believes a mark of $ageMs ms ago to be $mark: $because", ({ ageMs, mark }) => {
    const watched = watchedThrough([1000], bare);
    watched.setMark(price("101"), watched.closedMs - ageMs);
    expect(watched.quote().mark).toBe(price(mark));
  });

  it("is another one as soon as a bar, a mark or a halt comes", () => {
    const watched = watchedThrough([1000], bare);
    expect(watched.quote()).toMatchObject({ last: price("100"), mark: price("100"), status: "open" });
    watched.setMark(price("101"), watched.closedMs);
    expect(watched.quote().mark).toBe(price("101"));
    watched.status = "halted";
    expect(watched.quote().status).toBe("halted");
    watched.push(startMs + hourMs, 1000, 1010, 990, 1005, 1);
    expect(watched.quote()).toMatchObject({ last: price("100.5"), mark: price("100.5"), status: "halted" });
  });
});

describe("a watched asset's snapshot", () => {
  it("is in currency and coins, newest first, without the dust of binary fractions", () => {
    const [frame] = watchedThrough([1001, 1002, 1003], bare).snapshot().frames;
    expect(frame).toEqual({ interval: "1h", bars: 3, closes: [100.3, 100.2, 100.1], volumes: [1, 1, 1], values: {} });
  });

  it("keeps prices of the finest ticks", () => {
    const instrument = aPerpetual({ tick: price("0.0000000001"), lot: quantity("1"), minQuantity: quantity("1") });
    expect(watchedThrough([123], bare, { instrument }).snapshot().frames[0]!.closes).toEqual([1.23e-8]);
  });

  it("shows the last eight bars and counts them all", () => {
    const [frame] = watchedThrough(
      Array.from({ length: 30 }, (_, n) => 1000 + n),
      bare,
    ).snapshot().frames;
    expect(frame).toMatchObject({ bars: 30 });
    expect(frame!.closes).toEqual([102.9, 102.8, 102.7, 102.6, 102.5, 102.4, 102.3, 102.2]);
  });

  it("scales what is a price and leaves alone what is not", () => {
    const wishes: FrameWish[] = [
      {
        times: 1,
        indicators: {
          slow: { kind: "sma", period: 2 },
          strength: { kind: "rsi", period: 2 },
          bands: { kind: "bollinger", period: 2, deviations: 2 },
        },
      },
    ];
    const { values } = watchedThrough([1000, 1010, 1020, 1030], wishes).snapshot().frames[0]!;
    expect(values["slow"]).toBeCloseTo(102.5, 9);
    expect(values["bands.middle"]).toBeCloseTo(102.5, 9);
    expect(values["strength"]).toBe(100);
  });

  it("says what is known of funding and open interest, and nothing where nothing is", () => {
    const watched = watchedThrough([1000], bare);
    expect(Object.keys(watched.snapshot()).sort()).toEqual(["frames", "quote"]);
    watched.setFunding(rate("0.0001"), startMs, startMs + 2 * hourMs);
    watched.setOpenInterest(quantity("5"), startMs);
    expect(watched.snapshot()).toMatchObject({
      fundingRate: rate("0.0001"),
      fundingNextAt: instantOfMs(startMs + 2 * hourMs),
      openInterest: quantity("5"),
    });
  });

  it.each`
    agoMs         | shown                                               | because
    ${0}          | ${["fundingNextAt", "fundingRate", "openInterest"]} | ${"it was just said"}
    ${hourMs}     | ${["fundingNextAt", "fundingRate", "openInterest"]} | ${"exactly as old as it may be"}
    ${hourMs + 1} | ${["fundingNextAt", "fundingRate"]}                 | ${"the open interest is too old to go by"}
    ${2 * hourMs} | ${["fundingRate"]}                                  | ${"the next funding has been by now"}
    ${3 * hourMs} | ${[]}                                               | ${"and so is the rate"}
  `("shows $shown of what was heard $agoMs ms ago: $because (PERP-2)", ({ agoMs, shown }) => {
    const watched = watchedThrough([1000], bare);
    watched.setFunding(rate("0.0001"), startMs, startMs + 2 * hourMs);
    watched.setOpenInterest(quantity("5"), startMs);
    const { quote: _, frames: __, ...known } = watched.snapshot(startMs + agoMs, { fundingMs: 2 * hourMs, openInterestMs: hourMs });
    expect(Object.keys(known).sort()).toEqual(shown);
  });

  it("is the same after k bars whatever bars follow: nothing looks ahead", () => {
    const history = demoMarket("ahead", 15, "1h")[0]!;
    const other = demoMarket("another", 15, "1h")[0]!;
    const feed = (upTo: number, then: typeof history.bars, seen: number): unknown[] => {
      const watched = new Watched(history.instrument, "1h", strategies["swing"]!.frames, 2);
      const shots: unknown[] = [];
      for (let at = 0; at < seen; at++) {
        const { openMs, open, high, low, close, volume } = at < upTo ? history.bars : then;
        watched.push(openMs[at]!, open[at]!, high[at]!, low[at]!, close[at]!, volume[at]!);
        if (at === upTo - 1) shots.push(watched.snapshot());
      }
      shots.push(watched.snapshot());
      return shots;
    };
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 300 }), (k) => {
        const [one] = feed(k, history.bars, k);
        const [two, after] = feed(k, other.bars, k + 20);
        expect(two).toEqual(one);
        expect(after).not.toEqual(one);
      }),
      { numRuns: 40 },
    );
  });
});

describe("a watched asset is warm", () => {
  it("once every indicator has its value, however many values others have", () => {
    const wishes: FrameWish[] = [
      {
        times: 1,
        indicators: {
          channel: { kind: "donchian", period: 2 },
          macd: { kind: "macd", fast: 2, slow: 3, signal: 2 },
          late: { kind: "sma", period: 12 },
        },
      },
    ];
    const closes = Array.from({ length: 20 }, (_, n) => 1000 + n);
    const first = closes.findIndex((_, n) => watchedThrough(closes.slice(0, n + 1), wishes).warm);
    expect(first).toBe(11);
  });

  it("in every frame, the coarse ones too", () => {
    const wishes: FrameWish[] = [
      { times: 1, indicators: { quick: { kind: "sma", period: 2 } } },
      { times: 4, indicators: { slow: { kind: "sma", period: 2 } } },
    ];
    const closes = Array.from({ length: 20 }, () => 1000);
    expect(closes.findIndex((_, n) => watchedThrough(closes.slice(0, n + 1), wishes).warm)).toBe(7);
  });

  it("with nothing asked for, as soon as there is a bar", () => {
    expect(watchedThrough([], bare).warm).toBe(false);
    expect(watchedThrough([1000], bare).warm).toBe(true);
  });

  it("exactly when every style's rules have their numbers", () => {
    const { bars, instrument } = demoMarket("warm", 10, "1h")[0]!;
    for (const style of Object.values(strategies)) {
      const watched = new Watched(instrument, "1h", style.frames, 2);
      for (let at = 0; at < bars.length; at++) {
        watched.push(bars.openMs[at]!, bars.open[at]!, bars.high[at]!, bars.low[at]!, bars.close[at]!, bars.volume[at]!);
        const ready = watched
          .snapshot()
          .frames.every(({ values }, n) =>
            Object.keys(style.frames[n]!.indicators).every((name) => Object.keys(values).some((key) => key.split(".")[0] === name)),
          );
        expect(watched.warm, `${style.name} after ${at + 1} bars`).toBe(ready);
      }
      expect(watched.warm).toBe(true);
    }
  });
});
