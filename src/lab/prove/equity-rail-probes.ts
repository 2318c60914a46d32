import type { Standing } from "../../flow/portfolio/standing.ts";
import type { Scene } from "../../flow/rails/candidate.ts";
import type { Limits } from "../../flow/rails/limits.ts";
import { larger, minus, money, negate, zeroMoney, type Money } from "../../words/money.ts";
import type { Probe } from "./rail-probes.ts";
import { holding, perpetual, shareOf, soundScene, type Wish } from "./sound-scene.ts";

const me = perpetual();
const [a, b] = [perpetual("OTHER1"), perpetual("OTHER2")];
const equity = money("1000000");
const small = money("10000");

/** What the equities desk's rails want to know, with plenty of room in all of it. */
function measured(limits: Limits): Partial<Standing> {
  const averageDailyValue = larger(limits.averageDailyValueMin ?? zeroMoney, money("1"));
  return {
    weekStartEquity: equity,
    tradedToday: zeroMoney,
    measures: {
      liquidity: [{ instrument: me.id, averageDailyValue }],
      buckets: [{ name: "sector probe", members: [me.id, a.id, b.id] }],
    },
  };
}

const sceneOf = (limits: Limits, wish: Omit<Wish, "limits"> = {}): Scene =>
  soundScene({ limits, ...wish, standing: { ...measured(limits), ...wish.standing } });

/** An entry that the house's rails and these four let pass. */
export const soundEquityScene = (limits: Limits): Scene => sceneOf(limits);

/** For each rail that only shares have an order just past its limit, sound in everything else. */
export function equityRailProbes(limits: Limits): readonly Probe[] {
  const { weeklyLossBpsMax = 0, averageDailyValueMin = zeroMoney, dayNotionalMax = zeroMoney, bucketBpsMax = 0 } = limits;
  const lost = minus(equity, shareOf(equity, weeklyLossBpsMax));
  const half: Money = minus(shareOf(shareOf(small, bucketBpsMax), 5_000), money("5"));
  const { buckets = [] } = measured(limits).measures ?? {};
  // Where nothing is asked of a share's value, one whose value nobody knows still may not be entered.
  const thin = averageDailyValueMin > 0n ? [{ instrument: me.id, averageDailyValue: minus(averageDailyValueMin, money("0.01")) }] : [];
  return [
    {
      rail: "weekly_loss",
      tried: "an entry at the week's loss limit",
      scene: sceneOf(limits, { standing: { equity: lost, dayStartEquity: lost, peakEquity: lost } }),
    },
    {
      rail: "average_value",
      tried: "an entry into a share that hardly trades",
      scene: sceneOf(limits, { standing: { measures: { liquidity: thin, buckets } } }),
    },
    {
      rail: "day_notional",
      tried: "an entry past what may be traded in a day",
      scene: sceneOf(limits, { standing: { tradedToday: minus(dayNotionalMax, money("1")) } }),
    },
    {
      rail: "bucket",
      tried: "longs and shorts of one bucket past its limit",
      scene: sceneOf(limits, {
        equity: small,
        others: [a, b],
        standing: { weekStartEquity: small, positions: [holding(a.id, half), holding(b.id, negate(half))] },
      }),
    },
  ];
}
