import { hold, type Strategy } from "../strategy.ts";
import { confidenceOf, notReady, read, trailed } from "./reading.ts";

const names = { base: ["macd.histogram", "macd.macd", "atr14", "rsi14"], slow: ["ema20", "roc5"] } as const;

/** Rides multi-day moves: momentum in the direction of the slow frame, stop trailed by three true ranges. */
export const swing: Strategy = {
  name: "swing",
  version: "1",
  description: "Momentum with the slow trend, held for days, trailed by three true ranges",
  numbers: { allocationBpsMax: 3000, riskBps: 60, stopAtr: 3, rewardToRisk: 3, confidenceMin: 0.5 },
  frames: [
    {
      times: 1,
      indicators: {
        macd: { kind: "macd", fast: 12, slow: 26, signal: 9 },
        atr14: { kind: "atr", period: 14 },
        rsi14: { kind: "rsi", period: 14 },
      },
    },
    { times: 4, indicators: { ema20: { kind: "ema", period: 20 }, roc5: { kind: "roc", period: 5 } } },
  ],
  decide(asset, numbers) {
    const now = read(asset, names);
    if (now === undefined) return hold(notReady);
    const { atr } = now;
    const momentum = now.value("macd.histogram") / atr;
    const above = (now.price - now.slow("ema20")) / atr;
    if (now.direction !== "flat") {
      const sign = now.direction === "long" ? 1 : -1;
      if (sign * momentum < -0.15 && sign * above < 0)
        return { action: "close_position", confidence: 0.65, rationale: "momentum and trend have both turned" };
      const stop = trailed(now, numbers.stopAtr * atr);
      return stop === undefined
        ? hold("the swing is on")
        : { action: "adjust_orders", stop, confidence: 0.6, rationale: "the stop follows by three true ranges" };
    }
    const up = momentum > 0.05 && above > 0.3 && now.slow("roc5") > 0;
    const down = momentum < -0.05 && above < -0.3 && now.slow("roc5") < 0;
    if (!up && !down) return hold("momentum and trend do not agree");
    const rsi = now.value("rsi14");
    if (up ? rsi > 78 : rsi < 22) return hold("too stretched to join");
    const confidence = confidenceOf(Math.abs(momentum) * 4 + Math.min(2, Math.abs(above)) * 0.3, 2);
    if (confidence < numbers.confidenceMin) return hold("the move is too weak");
    const distance = numbers.stopAtr * atr;
    return {
      action: up ? "buy" : "sell",
      stop: up ? now.price - distance : now.price + distance,
      target: up ? now.price + numbers.rewardToRisk * distance : now.price - numbers.rewardToRisk * distance,
      confidence,
      riskLevel: "medium",
      rationale: `MACD momentum ${up ? "up" : "down"} with the ${asset.market.frames[1]?.interval ?? "slow"} trend`,
      exitPlan: "trail by three true ranges; out when momentum and trend turn",
    };
  },
};
