import { hold, type Strategy } from "../strategy.ts";
import { confidenceOf, notReady, read, trailed } from "./reading.ts";

const names = { base: ["ema20", "rsi14", "atr14", "adx14.adx"], slow: ["ema10", "ema30"] } as const;

/** Joins an established trend on a pullback, small, with a wide stop; gets out when the trend turns. */
export const conservative: Strategy = {
  name: "conservative",
  version: "1",
  description: "Trend pullbacks in the direction of the slow frame, small risk, wide stops, trailed",
  numbers: { allocationBpsMax: 2000, riskBps: 40, stopAtr: 2.5, rewardToRisk: 2, confidenceMin: 0.55 },
  frames: [
    {
      times: 1,
      indicators: {
        ema20: { kind: "ema", period: 20 },
        rsi14: { kind: "rsi", period: 14 },
        atr14: { kind: "atr", period: 14 },
        adx14: { kind: "adx", period: 14 },
      },
    },
    { times: 4, indicators: { ema10: { kind: "ema", period: 10 }, ema30: { kind: "ema", period: 30 } } },
  ],
  decide(asset, numbers) {
    const now = read(asset, names);
    if (now === undefined) return hold(notReady);
    const { atr } = now;
    const trend = (now.slow("ema10") - now.slow("ema30")) / atr;
    const confidence = confidenceOf(Math.abs(trend) * (now.value("adx14.adx") / 25) - 0.5, 2);
    if (now.direction !== "flat") {
      const against = now.direction === "long" ? trend < -0.1 : trend > 0.1;
      if (against) return { action: "close_position", confidence: 0.7, rationale: "the slow trend has turned against the position" };
      const stop = trailed(now, numbers.stopAtr * atr);
      return stop === undefined
        ? hold("the trend holds")
        : { action: "adjust_orders", stop, confidence: 0.6, rationale: "the stop follows the price" };
    }
    if (now.value("adx14.adx") < 20) return hold("no trend worth the name (ADX below 20)");
    if (confidence < numbers.confidenceMin) return hold("the trend is too weak");
    const rsi = now.value("rsi14");
    const distance = numbers.stopAtr * atr;
    // Beyond 35 and 65 it is no pullback any more but a turn.
    const pulledBack =
      trend > 0 ? rsi < 50 && rsi > 35 && now.price > now.slow("ema30") : rsi > 50 && rsi < 65 && now.price < now.slow("ema30");
    if (!pulledBack) return hold("no pullback to join the trend on");
    const up = trend > 0;
    return {
      action: up ? "buy" : "sell",
      stop: up ? now.price - distance : now.price + distance,
      target: up ? now.price + numbers.rewardToRisk * distance : now.price - numbers.rewardToRisk * distance,
      confidence,
      riskLevel: "low",
      rationale: `pullback (RSI ${rsi.toFixed(0)}) in a ${up ? "rising" : "falling"} trend (ADX ${now.value("adx14.adx").toFixed(0)})`,
      exitPlan: "stop trails by its own distance; out when the slow averages cross back",
    };
  },
};
