import * as peer from "trading-signals";
import { describe, expect, it } from "vitest";
import type { IndicatorSpec } from "../../../../src/flow/market/indicators/indicator-spec.ts";
import { makeIndicator } from "../../../../src/flow/market/indicators/make-indicator.ts";
import { expectNear } from "./expect-near.ts";
import { randomWalk, type Candle } from "./random-walk.ts";
import { namesOf } from "../../../../src/flow/market/indicators/bar-indicator.ts";

type Peer = (bar: Candle) => Record<string, number> | null;
const one = (value: number | null): Record<string, number> | null => (value === null ? null : { x: value });

/**
 * `from` is where the two definitions agree from the first value on (0), or how many bars a different start needs to fade out:
 * a start weighs (1 - weight) to the number of bars, so after that many it is below the tenth digit.
 */
const contests: { spec: IndicatorSpec; from: number; because: string; peer: () => Peer }[] = [
  {
    spec: { kind: "sma", period: 20 },
    from: 0,
    because: "both average 20 closes",
    peer: () => {
      const of = new peer.SMA(20);
      return ({ close }) => one(of.update(close, false));
    },
  },
  {
    spec: { kind: "ema", period: 20 },
    from: 400,
    because: "theirs starts from the first close, ours from the first average",
    peer: () => {
      const of = new peer.EMA(20);
      return ({ close }) => one(of.update(close, false));
    },
  },
  {
    spec: { kind: "rsi", period: 14 },
    from: 0,
    because: "both are Wilder's",
    peer: () => {
      const of = new peer.RSI(14);
      return ({ close }) => one(of.update(close, false));
    },
  },
  {
    spec: { kind: "atr", period: 14 },
    from: 0,
    because: "both count high less low for the first bar",
    peer: () => {
      const of = new peer.ATR(14);
      return (bar) => one(of.update(bar, false));
    },
  },
  {
    spec: { kind: "macd", fast: 12, slow: 26, signal: 9 },
    from: 600,
    because: "theirs starts from first values, ours from first averages",
    peer: () => {
      const of = new peer.MACD(new peer.EMA(12), new peer.EMA(26), new peer.EMA(9));
      return ({ close }) => {
        const value = of.update(close, false);
        return value && { "x.macd": value.macd, "x.signal": value.signal, "x.histogram": value.histogram };
      };
    },
  },
  {
    spec: { kind: "bollinger", period: 20, deviations: 2 },
    from: 0,
    because: "both take the population's deviation",
    peer: () => {
      const of = new peer.BollingerBands(20, 2);
      return ({ close }) => {
        const value = of.update(close, false);
        return value && { "x.middle": value.middle, "x.upper": value.upper, "x.lower": value.lower };
      };
    },
  },
  {
    spec: { kind: "adx", period: 14 },
    from: 900,
    because: "theirs counts the first bar as one without movement, ours begins with the second; theirs gives fractions",
    peer: () => {
      const of = new peer.ADX(14);
      return (bar) => {
        const value = of.update(bar, false);
        return value === null ? null : { "x.adx": value, "x.plusDi": 100 * Number(of.pdi), "x.minusDi": 100 * Number(of.mdi) };
      };
    },
  },
  {
    spec: { kind: "donchian", period: 20 },
    from: 0,
    because: "both include the newest bar",
    peer: () => {
      const of = new peer.DonchianChannels(20);
      return (bar) => {
        const value = of.update(bar, false);
        return value && { "x.highest": value.upper, "x.lowest": value.lower };
      };
    },
  },
  {
    spec: { kind: "stochastic", kPeriod: 14, dPeriod: 3 },
    from: 0,
    because: "theirs is ours when it slows k by one bar only",
    peer: () => {
      const of = new peer.StochasticOscillator({ kPeriod: 14, kSlowingPeriod: 1, dPeriod: 3 });
      return (bar) => {
        const value = of.update(bar, false);
        return value && { "x.k": value.stochK, "x.d": value.stochD };
      };
    },
  },
  {
    spec: { kind: "roc", period: 10 },
    from: 0,
    because: "theirs is a fraction, ours a percentage",
    peer: () => {
      const of = new peer.ROC(10);
      return ({ close }) => {
        const value = of.update(close, false);
        return value === null ? null : { x: value * 100 };
      };
    },
  },
];

describe("against trading-signals", () => {
  it.each(contests)("$spec.kind agrees after $from bars: $because", ({ spec, from, peer: make }) => {
    for (const seed of [1, 2, 3]) {
      const theirs = make();
      const ours = makeIndicator(spec);
      let compared = 0;
      randomWalk(seed, 1_500).forEach((bar, at) => {
        const expected = theirs(bar);
        ours.onBar(bar.open, bar.high, bar.low, bar.close, bar.volume);
        if (at < from) return;
        expect(ours.ready, `bar ${at}`).toBe(expected !== null);
        if (expected === null) return;
        const actual: Record<string, number> = {};
        ours.read(actual, namesOf(ours, "x"));
        for (const [name, value] of Object.entries(expected)) expectNear(actual[name]!, value, `${name} at ${at}`, 1e-2);
        compared++;
      });
      expect(compared).toBeGreaterThan(500);
    }
  });
});
