import { hold, type Strategy } from "../src/flow/proposals/strategy.ts";
import { approximately } from "../src/words/exact.ts";

/**
 * A strategy of your own is one such file: what it looks at, when it wakes, what it wants. This one goes long when the fast average
 * crosses above the slow one and closes when it crosses back.
 */
export const strategy: Strategy = {
  name: "sma-cross",
  version: "1",
  description: "Long while the 20-bar average is above the 50-bar average",
  numbers: { allocationBpsMax: 3000, riskBps: 100, stopAtr: 4, rewardToRisk: 3, confidenceMin: 0.5 },
  frames: [
    { times: 1, indicators: { fast: { kind: "sma", period: 20 }, slow: { kind: "sma", period: 50 }, atr: { kind: "atr", period: 14 } } },
  ],

  // Runs after every bar, so it allocates nothing: the desk wakes only on a cross.
  watcher(asset) {
    const [frame] = asset.frames;
    const fast = frame?.indicator("fast");
    const slow = frame?.indicator("slow");
    if (fast === undefined || slow === undefined) return () => false;
    let before = 0;
    return () => {
      if (!slow.ready) return false;
      const above = Math.sign((fast.value ?? 0) - (slow.value ?? 0));
      const crossed = above !== 0 && before !== 0 && above !== before;
      if (above !== 0) before = above;
      return crossed;
    };
  },

  decide(asset, numbers) {
    const values = asset.market.frames[0]?.values ?? {};
    const { fast, slow, atr } = { fast: values["fast"], slow: values["slow"], atr: values["atr"] };
    if (fast === undefined || slow === undefined || atr === undefined) return hold("averages are warming up");
    const held = asset.position !== undefined;
    if (fast < slow) return held ? { action: "close_position", confidence: 0.6, rationale: "crossed below" } : hold("below");
    if (held) return hold("above");
    const price = approximately(asset.market.quote.last);
    const distance = numbers.stopAtr * atr;
    return {
      action: "buy",
      stop: price - distance,
      target: price + numbers.rewardToRisk * distance,
      confidence: 0.6,
      riskLevel: "medium",
      rationale: "crossed above",
      exitPlan: "close on the cross back",
    };
  },
};
