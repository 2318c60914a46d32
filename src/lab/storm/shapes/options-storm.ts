import type { OptionsSettings } from "../../../desks/options-settings.ts";
import type { FrameWish } from "../../../flow/market/watched.ts";
import type { Random } from "../../../sim/random.ts";
import type { AnswerCommand } from "../../command.ts";
import { optionsInStorm } from "../options-market.ts";
import type { StormMarket, StormShape } from "../shape.ts";
import { minuteMs, stormBars } from "../weather.ts";
import { waysOf } from "../ways.ts";

/** The names that the signal reads, over so few bars that it speaks within a quarter of an hour and turns often. */
const frames: readonly FrameWish[] = [
  {
    times: 1,
    indicators: {
      ema9: { kind: "ema", period: 2 },
      ema21: { kind: "ema", period: 8 },
      rsi14: { kind: "rsi", period: 10 },
      atr14: { kind: "atr", period: 3 },
    },
  },
];

/** The options desk with gates that let most contracts pass; mostly what is bought may be carried into its expiry, and people answer what they like. */
export const optionsStorm: StormShape<OptionsSettings> = {
  market: optionsInStorm,
  people: answers,
  ways: (plan, random) => {
    const ways = waysOf(plan, random);
    const { settings } = plan;
    const open = random.chance(0.95);
    const { limits } = ways.rules;
    return {
      ...ways,
      cadence: "bar",
      // A venue can seldom hold a stop for an option: the desk's own hard rail watches the bid.
      rules: { ...ways.rules, protectBy: "orders", limits: { ...limits, ...(open ? { spreadBpsMax: 2_000, priceCollarBps: 1_000 } : {}) } },
      record: { ...ways.record, "execution.protectBy": "orders" },
      settings: {
        ...settings,
        strategy: { name: "options", frames },
        decisions: ["entry", "exit"],
        questionsPerScanMax: random.pick([1, 4]),
        rateLimitMs: random.pick([0, 60_000]),
        dayEnd: random.pick(["never", "never", "never", "expiry", "daily"]),
        deltaWanted: random.pick([0.2, 0.5, 0.8]),
        limits: {
          ...settings.limits,
          ...(open
            ? {
                confidenceMin: 0.4,
                openInterestMin: 0,
                volumeMin: 0,
                deltaMin: 0,
                deltaMax: 1,
                thetaMin: -100,
                ivMax: 10,
                spreadBpsMax: 2_000,
                daysToExpiryMin: 0,
                // Today's contracts alone are carried into their end.
                daysToExpiryMax: random.pick([0, 0, 45]),
                dayEndMinutes: random.pick([1, 15]),
                stopLossPct: random.pick([25, 99, 99]),
              }
            : {}),
        },
      },
    };
  },
};

/** Now and then somebody works the queue, or says a word that nobody asked for. */
function answers({ histories, calmFromMs }: StormMarket, random: Random): readonly AnswerCommand[] {
  const symbols = histories.map(({ instrument }) => instrument.id);
  return Array.from({ length: random.int(0, 12) }, () => ({
    fromMs: calmFromMs - random.int(1, stormBars) * minuteMs,
    symbol: random.chance(0.7) ? (symbols.find((id) => !/\d/.test(id)) ?? random.pick(symbols)) : random.pick(symbols),
    answer: random.pick(["approve", "approve", "sell", "hold", "deny"] as const),
  }));
}
