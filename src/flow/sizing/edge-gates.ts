import type { Thresholds } from "./aggressiveness.ts";
import type { WeighedEdge } from "./edge.ts";

export type EdgeRefusal = {
  readonly code: "conviction_low" | "p_win_low" | "risk_reward_low" | "ev_low";
  readonly measured: number;
  readonly limit: number;
};

/** A weighed edge comes in; every threshold that it falls short of goes out (EQ-3), none when it may go on. What is exactly at a threshold passes. */
export function edgeRefusals(edge: WeighedEdge, conviction: number, thresholds: Thresholds): readonly EdgeRefusal[] {
  const { convictionMin, pWinMin, riskRewardMin, evPctMin } = thresholds;
  return [...claimRefusals(edge.pWin, conviction, { convictionMin, pWinMin }), ...levelRefusals(edge, { riskRewardMin, evPctMin })];
}

/** Those that hold whatever the levels are: how sure the proposer is. */
export const claimRefusals = (
  pWin: number,
  conviction: number,
  { convictionMin, pWinMin }: Pick<Thresholds, "convictionMin" | "pWinMin">,
): readonly EdgeRefusal[] => [...least("conviction_low", conviction, convictionMin), ...least("p_win_low", pWin, pWinMin)];

const levelRefusals = (
  { riskReward, evBps }: WeighedEdge,
  { riskRewardMin, evPctMin }: Pick<Thresholds, "riskRewardMin" | "evPctMin">,
): readonly EdgeRefusal[] => [
  ...(rounded(riskReward) >= riskRewardMin ? [] : least("risk_reward_low", riskReward, riskRewardMin)),
  ...least("ev_low", evBps / 100, evPctMin),
];

/** Written so that what is not a number refuses. */
const least = (code: EdgeRefusal["code"], measured: number, limit: number): readonly EdgeRefusal[] =>
  measured >= limit ? [] : [{ code, measured, limit }];

/** Levels are ticks and their ratio a float: 1.8 times a distance is 1.8. */
const rounded = (value: number): number => Math.round(value * 1e9) / 1e9;
