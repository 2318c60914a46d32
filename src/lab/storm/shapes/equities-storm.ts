import type { EquitiesSettings } from "../../../desks/equities.ts";
import { smaller, money } from "../../../words/money.ts";
import { sharesInStorm } from "../shares-market.ts";
import type { StormShape } from "../shape.ts";
import { waysOf } from "../ways.ts";

/** The equities desk over days, each decided before it opens; calibrated soon, in some ways with sizes by skill and thresholds that let most pass. */
export const equitiesStorm: StormShape<EquitiesSettings> = {
  market: sharesInStorm,
  ways: (plan, random) => {
    const ways = waysOf(plan, random);
    const { settings } = plan;
    const { thresholds } = settings;
    const eager = random.chance(0.7);
    return {
      ...ways,
      cadence: "open",
      rules: {
        ...ways.rules,
        limits: {
          ...ways.rules.limits,
          ...(eager ? { averageDailyValueMin: smaller(ways.rules.limits.averageDailyValueMin ?? money("0"), money("1000")) } : {}),
        },
      },
      settings: {
        ...settings,
        strategy: { name: "decisive", frames: [{ times: 1, indicators: { atr14: { kind: "atr", period: 3 } } }] },
        thresholds: eager ? { ...thresholds, convictionMin: 0.3, pWinMin: 0.2, riskRewardMin: 0.5, evPctMin: -100 } : thresholds,
        horizonDays: random.pick([2, 5, settings.horizonDays]),
        calibrateFrom: random.pick([10, settings.calibrateFrom]),
        refitEvery: random.pick([1, settings.refitEvery]),
        sizeBySkill: random.chance(0.5),
        entryGapBpsMax: random.pick([settings.entryGapBpsMax, 2_000]),
      },
    };
  },
};
