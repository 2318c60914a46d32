/** What a trade would win and lose, and what it costs, in basis points of its entry price; probabilities are 0..1. */
export type EdgeQuestion = {
  readonly side: "buy" | "sell";
  /** The middle of the quote that the trade would enter at, and its levels, in currency. */
  readonly entry: number;
  readonly stop: number;
  readonly target: number;
  /** As the proposer said it, and as the calibrator reads it; the same where none is active. */
  readonly pWinSaid: number;
  readonly pWin: number;
  readonly costs: EdgeCosts;
};

/** All of one round trip, in basis points of the entry's notional. */
export type EdgeCosts = {
  /** Half on the way in and half on the way out. */
  readonly spreadBps: number;
  readonly slippageBps: number;
  readonly feesBps: number;
  /** Of shares that are lent to us, for as long as the trade may last; zero for longs. */
  readonly borrowBps: number;
  /** What the model was paid for this trade. */
  readonly modelBps: number;
};

export type WeighedEdge = {
  readonly pWinSaid: number;
  readonly pWin: number;
  readonly rewardBps: number;
  readonly riskBps: number;
  readonly costBps: number;
  readonly evBps: number;
  /** Reward over risk, before costs, as the threshold means it. */
  readonly riskReward: number;
  /** The share of equity that Kelly (1956) would have at risk, after costs; zero where there is no edge. */
  readonly kelly: number;
};

/**
 * EV = p × reward − (1 − p) × risk − cost (EQ-3). Kelly's share for a win of `b` per unit at risk is (p × b − (1 − p)) / b, where costs make
 * wins smaller and losses larger. Levels on the wrong side of the entry win and risk less than nothing, which every threshold refuses.
 */
export function weighEdge({ side, entry, stop, target, pWinSaid, pWin, costs }: EdgeQuestion): WeighedEdge {
  const direction = side === "buy" ? 1 : -1;
  const rewardBps = (((target - entry) * direction) / entry) * 10_000;
  const riskBps = (((entry - stop) * direction) / entry) * 10_000;
  const costBps = costs.spreadBps + costs.slippageBps + costs.feesBps + costs.borrowBps + costs.modelBps;
  const evBps = pWin * rewardBps - (1 - pWin) * riskBps - costBps;
  const [win, loss] = [rewardBps - costBps, riskBps + costBps];
  const kelly = win > 0 && loss > 0 ? Math.max(0, pWin - ((1 - pWin) * loss) / win) : 0;
  return { pWinSaid, pWin, rewardBps, riskBps, costBps, evBps, riskReward: riskBps > 0 ? rewardBps / riskBps : 0, kelly };
}
