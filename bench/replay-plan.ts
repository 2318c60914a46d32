import { strategy as smaCross } from "../examples/sma-cross.ts";
import { HouseModel } from "../src/adapters/house-model/house-model.ts";
import { perps } from "../src/desks/perps.ts";
import type { AssetHistory } from "../src/flow/market/bars.ts";
import type { Strategy } from "../src/flow/proposals/strategy.ts";
import { MemoryJournal } from "../src/journal/memory-store.ts";
import type { BacktestPlan } from "../src/lab/backtest.ts";
import type { Limits } from "../src/flow/rails/limits.ts";
import { accountId, type InstrumentId } from "../src/words/ids.ts";
import { money } from "../src/words/money.ts";
import { bps } from "../src/words/rate.ts";

/** `none` trades as the hand-written engines do, which have no levels; `stop` rests a stop behind each position besides. */
export type Levels = "none" | "stop";

const strategyWith = (levels: Levels): Strategy => ({
  ...smaCross,
  decide: (asset, numbers) => {
    const draft = smaCross.decide(asset, numbers);
    if (draft.action !== "buy") return draft;
    const { action, stop, confidence, riskLevel, rationale, exitPlan } = draft;
    return levels === "stop" && stop !== undefined
      ? { action, stop, confidence, riskLevel, rationale, exitPlan }
      : { action, confidence, riskLevel, rationale, exitPlan };
  },
});

/** One for all runs, as a desk has one for all its wakes. */
const strategies = { none: strategyWith("none"), stop: strategyWith("stop") } as const satisfies Record<Levels, Strategy>;

/** Wide enough that a rule strategy trades, and every rail has something to say. */
export const benchLimits = (allowed: readonly InstrumentId[], levels: Levels = "stop"): Limits => ({
  allowed,
  priceCollarBps: 100,
  referenceGapBpsMax: 150,
  quoteAgeMsMax: 120_000,
  spreadBpsMax: 50,
  orderNotionalMax: money("50000"),
  orderEquityBpsMax: 5_000,
  positionNotionalMax: money("60000"),
  concentrationBpsMax: 6_000,
  grossExposureBpsMax: 20_000,
  netExposureBpsMax: 15_000,
  leverageMax: 3,
  liquidationDistanceBpsMin: 1_000,
  dailyLossBpsMax: 9_000,
  drawdownBpsMax: 9_900,
  ordersPerMinuteMax: 30,
  entriesPerHourMax: 12,
  duplicateWindowMs: 60_000,
  duplicateSizeBps: 1_000,
  positionsMax: 8,
  stopRequired: levels === "stop",
  stopDistanceBpsMin: 5,
  stopDistanceBpsMax: 2_500,
  riskPerTradeBpsMax: 200,
});

/** What both replays run: SMA 20/50 by rules, woken by its crosses, every rail on, protection as orders of our own, a journal in memory. */
export function replayPlan(histories: readonly AssetHistory[], levels: Levels): BacktestPlan {
  const limits = benchLimits(
    histories.map(({ instrument }) => instrument.id),
    levels,
  );
  return {
    desk: perps,
    account: accountId("bench"),
    histories,
    switches: [],
    cadence: "signal",
    settings: {
      strategy: strategies[levels],
      proposer: "rules",
      model: "house/perps-1",
      prompt: { id: "none@1", text: "" },
      interval: "1m",
      allocationMax: money("50000"),
      confidenceMin: 0.5,
      decisionsPerMinuteMax: 60,
      cacheMs: 60_000,
      materialMoveBps: 10,
      horizonBars: 24,
    },
    rules: {
      limits,
      charges: { takerFee: bps(5) },
      approval: { personAbove: undefined, secondsMax: 3_600 },
      ages: { quoteMs: limits.quoteAgeMsMax, fundingMs: 43_200_000, openInterestMs: 14_400_000 },
      entryWorstBps: 30,
      exitWorstBps: 150,
      protectBy: "orders",
      patience: { visibilityMs: 30_000, differenceMs: 60_000 },
    },
    venue: {
      seed: "1",
      startCash: money("100000"),
      makerFee: bps(2),
      takerFee: bps(5),
      spreadBps: 1,
      slippageBps: 1,
      latencyMs: 250,
      participation: 0.1,
      leverage: 3,
      marginMode: "cross",
    },
    record: { "account.leverage": 3, "account.marginMode": "cross", "account.costMethod": "average" },
    digest: "bench",
    model: new HouseModel(),
    journal: new MemoryJournal(),
  };
}
