import type { Thresholds } from "./aggressiveness.ts";
import type { WeighedEdge } from "./edge.ts";

export type EdgeRefusal = {
  readonly code: "conviction_low" | "p_win_low" | "risk_reward_low" | "ev_low";
  readonly measured: number;
  readonly limit: number;
};

/** A weighed edge comes in; the first threshold that it falls short of goes out (EQ-3), undefined when it may go on. What is exactly at a threshold passes. */
export function gateEdge(edge: WeighedEdge, conviction: number, thresholds: Thresholds): EdgeRefusal | undefined {
  const { convictionMin, pWinMin, riskRewardMin, evPctMin } = thresholds;
  if (!(conviction >= convictionMin)) return { code: "conviction_low", measured: conviction, limit: convictionMin };
  if (!(edge.pWin >= pWinMin)) return { code: "p_win_low", measured: edge.pWin, limit: pWinMin };
  if (!(rounded(edge.riskReward) >= riskRewardMin)) return { code: "risk_reward_low", measured: edge.riskReward, limit: riskRewardMin };
  if (!(edge.evBps / 100 >= evPctMin)) return { code: "ev_low", measured: edge.evBps / 100, limit: evPctMin };
  return undefined;
}

/** Levels are ticks and their ratio a float: 1.8 times a distance is 1.8. */
const rounded = (value: number): number => Math.round(value * 1e9) / 1e9;
