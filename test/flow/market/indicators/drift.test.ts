import { describe, it } from "vitest";
import { Bollinger } from "../../../../src/flow/market/indicators/bollinger.ts";
import { RealisedVolatility } from "../../../../src/flow/market/indicators/realised-volatility.ts";
import { RollingMoments } from "../../../../src/flow/market/indicators/rolling-moments.ts";
import { Sma } from "../../../../src/flow/market/indicators/sma.ts";
import { Vwap } from "../../../../src/flow/market/indicators/vwap.ts";
import { batch } from "./batch-formulas.ts";
import { expectNear } from "./expect-near.ts";
import { randomWalk } from "./random-walk.ts";

describe("rounding", () => {
  it("does not build up over 500,000 bars: nine digits agree with a fresh computation at every check", () => {
    const walk = randomWalk(11, 500_000);
    const sma = new Sma(20);
    const bollinger = new Bollinger(20, 2);
    const volatility = new RealisedVolatility(20);
    const vwap = new Vwap(20);
    walk.forEach(({ high, low, close, volume }, at) => {
      sma.update(close);
      bollinger.update(close);
      volatility.update(close);
      vwap.update(high, low, close, volume);
      if (at % 997 !== 996) return;
      const recent = walk.slice(at - 40, at + 1);
      const bands = batch({ kind: "bollinger", period: 20, deviations: 2 }, recent)!;
      expectNear(sma.value, batch({ kind: "sma", period: 20 }, recent)!["x"]!, `sma at ${at}`);
      expectNear(bollinger.upper - bollinger.middle, bands["x.upper"]! - bands["x.middle"]!, `reach of the bands at ${at}`);
      expectNear(volatility.value, batch({ kind: "volatility", period: 20 }, recent)!["x"]!, `volatility at ${at}`);
      expectNear(vwap.value, batch({ kind: "vwap", period: 20 }, recent)!["x"]!, `vwap at ${at}`);
    });
  });

  it("of a monstrous value is gone from a sum once its lap is over", () => {
    const sma = new Sma(7);
    sma.update(1e15);
    for (let at = 1; at < 40; at++) {
      sma.update(0.1 * at);
      if (at > 14) expectNear(sma.value, 0.1 * (at - 3), `sma at ${at}`);
    }
  });

  it.each([
    { name: "a price a million times its deviation", closeAt: (at: number) => 1e6 + Math.sin(at * 1.7) },
    { name: "a fall of a hundred thousandfold", closeAt: (at: number) => (at < 300 ? 1e5 : 1) + Math.sin(at * 1.7) * 0.01 },
    { name: "a trend that runs far from any old origin", closeAt: (at: number) => 10 + at * 3.3 + Math.sin(at * 1.7) },
    { name: "movement that dies away", closeAt: (at: number) => 100 + Math.sin(at * 1.7) * Math.exp(-at / 40) },
  ])("does not eat the deviation of $name", ({ closeAt }) => {
    const moments = new RollingMoments(20);
    const closes: number[] = [];
    for (let at = 0; at < 700; at++) {
      closes.push(closeAt(at));
      moments.update(closeAt(at));
      if (at < 19) continue;
      const window = closes.slice(-20);
      // Deviations from the newest value first: subtracting near numbers is exact, so this oracle keeps the digits too.
      const away = window.map((close) => close - window[19]!);
      const middle = away.reduce((sum, value) => sum + value, 0) / 20;
      const squares = away.reduce((sum, value) => sum + (value - middle) ** 2, 0);
      expectNear(Math.sqrt(moments.squares), Math.sqrt(squares), `deviation at ${at}`);
    }
  });
});
