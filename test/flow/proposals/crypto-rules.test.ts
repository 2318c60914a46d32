import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { AssetContext } from "../../../src/flow/context/gather.ts";
import { Watched } from "../../../src/flow/market/watched.ts";
import type { Belief } from "../../../src/flow/proposals/belief.ts";
import { cryptoFrames, localView, type CryptoRules, type LocalSignal, type LocalView } from "../../../src/flow/proposals/crypto-rules.ts";
import { realPerp, realPerps, realPerpsThere } from "../../lab/real-perps.ts";
import { watchedThrough } from "../context/some-context.ts";

fc.configureGlobal({ seed: 20261121 });

const rules: CryptoRules = { riskBps: 50, stopAtr: 2.5, rewardToRisk: 2, sizePctMax: 20 };
const asSaid = (_: LocalSignal, conviction: number): Belief => ({ conviction });
const assetOf = (watched: Watched): AssetContext => ({
  instrument: watched.instrument,
  market: watched.snapshot(),
  openOrders: [],
  recent: [],
});
/** What the rules see after these hourly closes, in ticks of 0.1. */
const viewOf = (closes: readonly number[], wick = 20): LocalView | undefined =>
  localView(assetOf(watchedThrough(closes, cryptoFrames, { wick })), rules, asSaid);

const bars = 160;
/** Back and forth without a pattern: one that repeats would be a trend to ADX. */
const wobble = (n: number): number => (((n * 37) % 101) % 17) - 8;
const path = (of: (n: number) => number): number[] => Array.from({ length: bars }, (_, n) => Math.round(10_000 + of(n)) + wobble(n));
const said = (view: LocalView | undefined): string =>
  view === undefined ? "nothing to see" : [view.regime, ...view.wishes.map(({ signal, side }) => `${signal} ${side}`)].join(", ");

describe("each trigger of the rules fires where it should (DUAL-1)", () => {
  it.each([
    { closes: path((n) => n * 12), says: /trend buy/, because: "a steady rise is a trend" },
    { closes: path((n) => -n * 12), says: /trend sell/, because: "a steady fall is one as well" },
    { closes: path((n) => Math.max(0, n - 148) * 4), says: /momentum buy/, because: "ten bars outrun their noise" },
    { closes: path((n) => -Math.max(0, n - 148) * 4), says: /momentum sell/, because: "and the other way round" },
    { closes: path((n) => (n > 158 ? -40 : 0)), says: /mean_reversion buy/, because: "far below a flat mean and spent" },
    { closes: path((n) => (n > 158 ? 40 : 0)), says: /mean_reversion sell/, because: "far above it" },
    { closes: path(() => 0), says: /^(usual|calm)$/, because: "where nothing moves nothing is wanted" },
    {
      closes: path((n) => (n > 140 ? (n % 2 === 0 ? 300 : -300) : 0)),
      says: /^stormy/,
      because: "a day is wilder than the four before it",
    },
    { closes: Array.from({ length: 30 }, () => 10_000), says: /nothing to see/, because: "indicators need their bars" },
  ])("$because", ({ closes, says }) => {
    expect(said(viewOf(closes))).toMatch(says);
  });

  it("is less convinced and smaller in a storm", () => {
    const rise = path((n) => n * 12);
    const calm = viewOf(rise)!;
    const stormy = viewOf(rise.map((close, n) => (n > 140 && n < 158 ? close + (n % 2 === 0 ? 120 : -120) : close)))!;
    expect([calm.regime, stormy.regime]).not.toContain(undefined);
    expect(stormy.regime).toBe("stormy");
    for (const { signal, sizePct } of stormy.wishes) {
      const before = calm.wishes.find((wish) => wish.signal === signal);
      if (before !== undefined) expect(sizePct).toBeLessThan(before.sizePct);
    }
  });
});

describe("what a conviction is worth", () => {
  it("makes the size, whatever was said; what was said stays beside it (DUAL-1)", () => {
    const closes = path((n) => Math.max(0, n - 148) * 4);
    const asset = assetOf(watchedThrough(closes, cryptoFrames, { wick: 20 }));
    const wide = { ...rules, sizePctMax: 1_000 };
    const sizes = (conviction: number): number[] =>
      localView(asset, wide, () => ({ conviction }))!.wishes.map(({ sizePct, belief, confidence }) => {
        expect([belief, confidence > 0.3 && confidence < 0.9]).toEqual([{ conviction }, true]);
        return sizePct;
      });
    const [none, half, sure] = [sizes(0), sizes(0.5), sizes(1)];
    expect(sure!.length).toBeGreaterThan(0);
    for (const [at, size] of sure!.entries()) {
      expect(none![at]! / size).toBeCloseTo(0.5, 2);
      expect(half![at]! / size).toBeCloseTo(0.75, 2);
    }
  });
});

describe("laws of the rules", () => {
  const walk = fc.array(fc.integer({ min: -60, max: 60 }), { minLength: 130, maxLength: 170 }).map((steps) => {
    let at = 10_000;
    return steps.map((step) => (at += step));
  });

  it("wants a conviction from 0 to below 1, a size within its limit and levels on their sides", () => {
    fc.assert(
      fc.property(walk, (closes) => {
        const last = closes.at(-1)! / 10;
        for (const { side, confidence, sizePct, stop, target } of viewOf(closes)?.wishes ?? []) {
          expect(confidence).toBeGreaterThan(0);
          expect(confidence).toBeLessThan(1);
          expect(sizePct).toBeGreaterThanOrEqual(0);
          expect(sizePct).toBeLessThanOrEqual(rules.sizePctMax);
          const sign = side === "buy" ? 1 : -1;
          expect(sign * (last - stop)).toBeGreaterThan(0);
          expect(sign * (target - last)).toBeCloseTo(2 * sign * (last - stop), 6);
        }
      }),
      { numRuns: 60 },
    );
  });

  it("never loses more at its stop than the risk of one trade", () => {
    fc.assert(
      fc.property(walk, (closes) => {
        const last = closes.at(-1)! / 10;
        for (const { sizePct, stop } of viewOf(closes)?.wishes ?? []) {
          const lost = (sizePct / 100) * (Math.abs(last - stop) / last) * 10_000;
          expect(lost).toBeLessThanOrEqual(rules.riskBps + 1e-6);
        }
      }),
      { numRuns: 60 },
    );
  });
});

describe.skipIf(!realPerpsThere)("on real perpetuals (skipped where ../shared/data is absent)", () => {
  it("is half convinced of half of what fires, whichever trigger it is", () => {
    const convictions: Record<string, number[]> = {};
    for (const symbol of realPerps) {
      const { instrument, bars: of } = realPerp(symbol);
      const watched = new Watched(instrument, "1h", cryptoFrames, 1);
      for (let at = 0; at < of.length; at++) {
        watched.push(of.openMs[at]!, of.open[at]!, of.high[at]!, of.low[at]!, of.close[at]!, of.volume[at]!);
        if (!watched.warm) continue;
        for (const { signal, confidence } of localView(assetOf(watched), rules, asSaid)?.wishes ?? [])
          (convictions[signal] ??= []).push(confidence);
      }
    }
    for (const [signal, all] of Object.entries(convictions)) {
      const median = all.sort((a, b) => a - b)[all.length >> 1]!;
      expect([signal, Math.abs(median - 0.5) < 0.06]).toEqual([signal, true]);
    }
    expect(Object.keys(convictions).sort()).toEqual(["mean_reversion", "momentum", "trend"]);
  });
});
