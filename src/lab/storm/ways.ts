import { hold, type Strategy } from "../../flow/proposals/strategy.ts";
import type { Limits } from "../../flow/rails/limits.ts";
import type { Random } from "../../sim/random.ts";
import type { BacktestPlan } from "../backtest.ts";

export type StormPlan = Pick<BacktestPlan, "account" | "settings" | "rules" | "venue" | "record" | "digest">;

/** Needs no bar to warm up, so that the model is asked from the first minute on. */
export const idle: Strategy = {
  name: "idle",
  version: "1",
  description: "leaves it to the model",
  numbers: { allocationBpsMax: 10_000, riskBps: 100, stopAtr: 1, rewardToRisk: 1, confidenceMin: 0 },
  frames: [{ times: 1, indicators: {} }],
  decide: () => hold("the model decides"),
};

/** Brakes that end a storm early, loosened; how much may be held and sent at once stays the user's. */
const noLossLimit = { dailyLossBpsMax: 9_000, drawdownBpsMax: 9_000 } as const;
const noThrottle = { entriesPerHourMax: 3_600, duplicateWindowMs: 0, ordersPerMinuteMax: 6_000 } as const;

/** So little room that what is on its way fills it: exposure that is not reserved shows at once. */
const narrow = ({ grossExposureBpsMax, netExposureBpsMax, concentrationBpsMax }: Limits): Partial<Limits> => ({
  grossExposureBpsMax: Math.min(grossExposureBpsMax, 5_000),
  netExposureBpsMax: Math.min(netExposureBpsMax, 5_000),
  concentrationBpsMax: Math.min(concentrationBpsMax, 5_000),
});

/**
 * The user's plan in the ways a desk may be run: a model is asked at every bar; protection, margin and cost are the one or the other;
 * now and then loss limits or throttles are loosened, for what comes after they would have stopped it.
 */
export function waysOf(plan: StormPlan, random: Random): StormPlan {
  const { settings, rules, venue, record } = plan;
  const marginMode = random.pick(["cross", "isolated"] as const);
  const costMethod = random.pick(["average", "fifo"] as const);
  const protectBy = random.pick(["orders", "bracket"] as const);
  const limits = {
    ...rules.limits,
    ...(random.chance(0.7) ? noThrottle : {}),
    ...(random.chance(0.5) ? noLossLimit : {}),
    ...(random.chance(0.5) ? narrow(rules.limits) : {}),
  };
  return {
    ...plan,
    settings: { ...settings, strategy: idle, proposer: "house", interval: "1m", cacheMs: 0, decisionsPerMinuteMax: 600 },
    rules: { ...rules, protectBy, limits },
    venue: { ...venue, marginMode, latencyMs: random.pick([0, 250, 5_000]), participation: random.pick([0.000_01, 0.001, 0.1]) },
    record: { ...record, "account.marginMode": marginMode, "account.costMethod": costMethod, "execution.protectBy": protectBy },
  };
}
