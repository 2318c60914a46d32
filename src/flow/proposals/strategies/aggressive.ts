import { hold, type Strategy } from "../strategy.ts";
import { additions, confidenceOf, notReady, read, trailed, unguarded } from "./reading.ts";

const names = { base: ["channel.highest", "channel.lowest", "atr14", "adx14.adx", "roc10"], slow: ["ema10"] } as const;

/** Breaks of a channel with strength behind them, larger, added to once while they work. */
export const aggressive: Strategy = {
  name: "aggressive",
  version: "1",
  description: "Channel breakouts with rising strength, larger risk, one addition at one R, tight trail",
  numbers: { allocationBpsMax: 4000, riskBps: 100, stopAtr: 2, rewardToRisk: 3, confidenceMin: 0.5 },
  frames: [
    {
      times: 1,
      indicators: {
        channel: { kind: "donchian", period: 20 },
        atr14: { kind: "atr", period: 14 },
        adx14: { kind: "adx", period: 14 },
        roc10: { kind: "roc", period: 10 },
      },
    },
    { times: 4, indicators: { ema10: { kind: "ema", period: 10 } } },
  ],
  decide(asset, numbers) {
    const now = read(asset, names);
    if (now === undefined) return hold(notReady);
    const { atr } = now;
    const distance = numbers.stopAtr * atr;
    if (now.direction !== "flat") {
      const gained = now.direction === "long" ? now.price - now.entry : now.entry - now.price;
      if (gained <= distance) return unguarded(now, distance) ?? hold("not yet one R ahead");
      const stop = trailed(now, distance);
      if (additions(asset) === 0) {
        return {
          action: "adjust_position",
          times: 1.5,
          ...(stop === undefined ? {} : { stop }),
          confidence: 0.65,
          rationale: "one R ahead: half as much again, behind a stop that follows",
        };
      }
      return stop === undefined
        ? hold("the breakout is working itself out")
        : { action: "adjust_orders", stop, confidence: 0.6, rationale: "the stop follows the price" };
    }
    const [newest] = asset.market.frames[0]?.closes ?? [];
    const up = newest !== undefined && newest >= now.value("channel.highest") - 0.25 * atr && now.value("roc10") > 0;
    const down = newest !== undefined && newest <= now.value("channel.lowest") + 0.25 * atr && now.value("roc10") < 0;
    if (!up && !down) return hold("inside the channel");
    const withTrend = up ? now.price > now.slow("ema10") : now.price < now.slow("ema10");
    const confidence = confidenceOf((now.value("adx14.adx") - 22) / 12 + (withTrend ? 0.4 : -0.6), 2);
    if (confidence < numbers.confidenceMin) return hold("the break has no strength behind it");
    return {
      action: up ? "buy" : "sell",
      stop: up ? now.price - distance : now.price + distance,
      target: up ? now.price + numbers.rewardToRisk * distance : now.price - numbers.rewardToRisk * distance,
      confidence,
      riskLevel: "high",
      rationale: `break of the 20-bar ${up ? "high" : "low"} with ADX ${now.value("adx14.adx").toFixed(0)}`,
      exitPlan: "add half at one R, then trail by the stop's distance",
    };
  },
};
