import type { AssetHistory } from "../../flow/market/bars.ts";
import type { PerpsSettings } from "../../desks/perps.ts";
import type { DeskSettings } from "../../runtime/desk.ts";
import type { Random } from "../../sim/random.ts";
import type { Interval } from "../../words/interval.ts";
import type { BacktestPlan } from "../backtest.ts";

export type StormPlan<Settings extends DeskSettings = PerpsSettings> = Pick<
  BacktestPlan<Settings>,
  "desk" | "cadence" | "account" | "settings" | "rules" | "venue" | "record" | "digest"
>;

/** The user's plan for a market that a storm has made. */
export type PlanOf<Settings extends DeskSettings = PerpsSettings> = (histories: readonly AssetHistory[]) => StormPlan<Settings>;

export type StormMarket = {
  readonly histories: readonly AssetHistory[];
  readonly interval: Interval;
  /** When the faults end; the bars after it are the calm. */
  readonly calmFromMs: number;
};

/** What makes a storm of one desk: the market it is put into and the ways in which it may be run there. */
export type StormShape<Settings extends DeskSettings> = {
  readonly market: (random: Random) => StormMarket;
  readonly ways: (plan: StormPlan<Settings>, random: Random) => StormPlan<Settings>;
  /** What people do in it, kill switches apart. */
  readonly people?: (market: StormMarket, random: Random) => NonNullable<BacktestPlan["commands"]>;
};
