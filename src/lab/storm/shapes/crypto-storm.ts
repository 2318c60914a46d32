import type { CryptoSettings } from "../../../desks/crypto-settings.ts";
import type { FrameWish } from "../../../flow/market/watched.ts";
import { money, zeroMoney } from "../../../words/money.ts";
import type { StormShape } from "../shape.ts";
import { intervalMs } from "../../../words/interval.ts";
import { perpetualsInStorm } from "../storm-market.ts";
import { waysOf } from "../ways.ts";

/** The names that the rules read, over so few bars that they speak within a quarter of an hour. */
const frames: readonly FrameWish[] = [
  {
    times: 1,
    indicators: {
      ema20: { kind: "ema", period: 3 },
      rsi14: { kind: "rsi", period: 3 },
      atr14: { kind: "atr", period: 3 },
      adx14: { kind: "adx", period: 3 },
      roc12: { kind: "roc", period: 2 },
      zscore20: { kind: "zscore", period: 5 },
      volatility24: { kind: "volatility", period: 4 },
      volatility96: { kind: "volatility", period: 8 },
    },
  },
  { times: 4, indicators: { ema10: { kind: "ema", period: 2 }, ema30: { kind: "ema", period: 3 } } },
];

const interval = "1m";

/** The crypto desk: both sources, the one or the other, with and without an arbiter, and with limits on the AI that a storm passes or does not. */
export const cryptoStorm: StormShape<CryptoSettings> = {
  market: perpetualsInStorm,
  ways: (plan, random) => {
    const ways = waysOf(plan, random);
    const { arbiter: _, ...rest } = plan.settings;
    const { trader, watch } = rest;
    const impatient = random.chance(0.4);
    return {
      ...ways,
      cadence: "bar",
      settings: {
        ...rest,
        strategy: { name: "crypto", frames },
        interval,
        proposers: random.pick(["both", "both", "both", "ai", "rules"]),
        ...(random.chance(0.6) ? { arbiter: { model: "hostile/arbiter", prompt: trader.prompt, deadlineMs: trader.deadlineMs } } : {}),
        trader: { ...trader, confidenceMin: random.pick([0, trader.confidenceMin]) },
        arbitration: { ...plan.settings.arbitration, blendMode: random.pick(["conservative", "average"] as const) },
        watch: {
          ...watch,
          cycleMs: intervalMs[interval],
          answersMin: impatient ? 3 : watch.answersMin,
          rollback: impatient
            ? { ...watch.rollback, errorShareMax: 0.2, slowCyclesMax: 3 }
            : { ...watch.rollback, errorShareMax: 1, slowCyclesMax: 10_000, costMax: random.pick([zeroMoney, money("1000000")]) },
        },
      },
    };
  },
};
