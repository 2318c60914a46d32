import type { AssetHistory } from "../../flow/market/bars.ts";
import type { Entry } from "../../journal/entry.ts";
import type { Approver } from "../../ports/approver.ts";
import type { PerpsSettings } from "../../desks/perps.ts";
import type { DeskSettings } from "../../runtime/desk.ts";
import type { Faults } from "../../sim/faults/fault-names.ts";
import type { Random } from "../../sim/random.ts";
import type { Interval } from "../../words/interval.ts";
import type { BacktestPlan } from "../backtest.ts";
import type { Breach } from "./wire-watch.ts";

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
  /** Its own measure of faults, where the usual would be too much or too little. */
  readonly tempered?: (faults: Faults) => Faults;
  /** How likely a process that may die does so before or after a step; a desk that seldom does anything dies more often. */
  readonly crashes?: number;
  /** What people do in it, kill switches apart. */
  readonly people?: (market: StormMarket, random: Random) => NonNullable<BacktestPlan["commands"]>;
  /** Who is asked for a yes, where somebody is; otherwise nobody answers. */
  readonly person?: (market: StormMarket, random: Random) => PersonInStorm;
};

/** He outlives the house's processes, and knows at the end whether what was done is what he said. */
export type PersonInStorm = {
  /** What he says without being asked. */
  readonly words: NonNullable<BacktestPlan["commands"]>;
  /** How a new process reaches him, with what the journal held when it began. */
  readonly reached: (entries: Iterable<Entry>) => { readonly approver: Approver; readonly see: (entry: Entry) => void };
  readonly kept: (entries: readonly Entry[]) => Iterable<Breach>;
};
