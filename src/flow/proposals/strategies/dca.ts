import { hold, type Strategy } from "../strategy.ts";
import { additions, confidenceOf, notReady, read, unguarded } from "./reading.ts";

const names = { base: ["atr14", "rsi14", "vwap50"], slow: ["ema30"] } as const;

/** How many equal parts make the full size. */
const parts = 4;

/** Buys weakness in equal parts with one stop for the whole and a target above the average entry. */
export const dca: Strategy = {
  name: "dca",
  version: "1",
  description: "Dollar-cost averaging into weakness in equal parts, one wide stop for all, target over the average entry",
  numbers: { allocationBpsMax: 2400, riskBps: 120, stopAtr: 6, rewardToRisk: 0.6, confidenceMin: 0.5 },
  frames: [
    {
      times: 1,
      indicators: { atr14: { kind: "atr", period: 14 }, rsi14: { kind: "rsi", period: 14 }, vwap50: { kind: "vwap", period: 50 } },
    },
    { times: 4, indicators: { ema30: { kind: "ema", period: 30 } } },
  ],
  decide(asset, numbers) {
    const now = read(asset, names);
    if (now === undefined) return hold(notReady);
    const { atr } = now;
    const distance = numbers.stopAtr * atr;
    if (now.direction === "short") return { action: "close_position", confidence: 0.7, rationale: "this style holds longs only" };
    if (now.direction === "long") {
      const naked = unguarded(now, distance);
      if (naked !== undefined) return naked;
      const bought = additions(asset) + 1;
      if (bought >= parts) return hold("all parts are bought");
      // Parts one step apart put the next one half a step further below the average entry each time.
      if (now.entry - now.price < ((bought + 1) / 2) * (distance / parts)) return hold("waiting for a lower part or the target");
      if (now.stop !== undefined && now.price - now.stop < atr) return hold("too near the stop to buy more");
      // The average entry falls with each part, so the target comes down with it; the stop of the whole stays.
      const average = (now.entry * bought + now.price) / (bought + 1);
      return {
        action: "adjust_position",
        times: (bought + 1) / bought,
        target: average + numbers.rewardToRisk * distance,
        confidence: 0.55,
        rationale: `part ${bought + 1} of ${parts}, ${((now.entry - now.price) / atr).toFixed(1)} true ranges below the average entry`,
      };
    }
    const below = (now.value("vwap50") - now.price) / atr;
    if (now.value("rsi14") > 45 || below < 0.5) return hold("no weakness to buy");
    if (now.price < now.slow("ema30") - 6 * atr) return hold("falling too fast to average into");
    return {
      action: "buy",
      part: 1 / parts,
      stop: now.price - distance,
      target: now.price + numbers.rewardToRisk * distance,
      confidence: confidenceOf(below - 0.5, 2),
      riskLevel: "medium",
      rationale: `part 1 of ${parts}, ${below.toFixed(1)} true ranges below the volume-weighted price`,
      exitPlan: "three more parts lower, out above the average entry, one stop for all",
    };
  },
};
