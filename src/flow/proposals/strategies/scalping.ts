import { hold, type Strategy } from "../strategy.ts";
import { confidenceOf, notReady, read, unguarded } from "./reading.ts";

const names = { base: ["z20", "atr14", "bands.middle", "rsi7"], slow: ["adx14.adx"] } as const;

/** Fades stretched prices in a market without a trend, back to the middle, quickly. */
export const scalping: Strategy = {
  name: "scalping",
  version: "1",
  description: "Mean reversion from stretched prices in a range, small targets, out at the middle",
  numbers: { allocationBpsMax: 3000, riskBps: 35, stopAtr: 1.5, rewardToRisk: 1.2, confidenceMin: 0.55 },
  frames: [
    {
      times: 1,
      indicators: {
        z20: { kind: "zscore", period: 20 },
        atr14: { kind: "atr", period: 14 },
        bands: { kind: "bollinger", period: 20, deviations: 2 },
        rsi7: { kind: "rsi", period: 7 },
      },
    },
    { times: 4, indicators: { adx14: { kind: "adx", period: 14 } } },
  ],
  decide(asset, numbers) {
    const now = read(asset, names);
    if (now === undefined) return hold(notReady);
    const z = now.value("z20");
    const distance = numbers.stopAtr * now.atr;
    if (now.direction !== "flat") {
      const back = now.direction === "long" ? z > 0 : z < 0;
      return back
        ? { action: "close_position", confidence: 0.7, rationale: "the price is back at its mean" }
        : (unguarded(now, distance) ?? hold("on the way back to the mean"));
    }
    if (now.slow("adx14.adx") > 30) return hold("a trend is on: nothing to fade");
    const rsi = now.value("rsi7");
    const down = z < -2 && rsi < 30;
    const up = z > 2 && rsi > 70;
    if (!down && !up) return hold("not stretched");
    const confidence = confidenceOf(Math.abs(z) - 1.5, 1.5);
    if (confidence < numbers.confidenceMin) return hold("not stretched enough");
    if (Math.abs(now.price - now.value("bands.middle")) < now.atr) return hold("the mean is too near to pay for the way");
    return {
      action: down ? "buy" : "sell",
      stop: down ? now.price - distance : now.price + distance,
      target: down ? now.price + numbers.rewardToRisk * distance : now.price - numbers.rewardToRisk * distance,
      confidence,
      riskLevel: "medium",
      rationale: `${Math.abs(z).toFixed(1)} deviations ${down ? "below" : "above"} the mean with RSI(7) at ${rsi.toFixed(0)}`,
      exitPlan: "out at the 20-bar mean, at the target or at the stop",
    };
  },
};
