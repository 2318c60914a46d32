import type { PerpsSettings } from "../../../desks/perps.ts";
import { hold, type Strategy } from "../../../flow/proposals/strategy.ts";
import type { StormShape } from "../shape.ts";
import { perpetualsInStorm } from "../storm-market.ts";
import { waysOf } from "../ways.ts";

/** Needs no bar to warm up, so that the model is asked from the first minute on. */
export const idle: Strategy = {
  name: "idle",
  version: "1",
  description: "leaves it to the model",
  numbers: { allocationBpsMax: 10_000, riskBps: 100, stopAtr: 1, rewardToRisk: 1, confidenceMin: 0 },
  frames: [{ times: 1, indicators: {} }],
  decide: () => hold("the model decides"),
};

/** The perps desk with a model that is asked at every minute. */
export const perpsStorm: StormShape<PerpsSettings> = {
  market: perpetualsInStorm,
  ways: (plan, random) => {
    const ways = waysOf(plan, random);
    const settings = {
      ...plan.settings,
      strategy: idle,
      proposer: "house",
      interval: "1m",
      cacheMs: 0,
      decisionsPerMinuteMax: 600,
    } as const;
    return { ...ways, cadence: "bar", settings };
  },
};
