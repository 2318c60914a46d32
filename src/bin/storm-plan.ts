import type { Loaded } from "../config/config.ts";
import { MemoryJournal } from "../journal/memory-store.ts";
import { houseStorm, memberOf, type HouseResult, type MemberOf } from "../lab/storm/house-storm.ts";
import { councilStorm } from "../lab/storm/shapes/council-storm.ts";
import { cryptoStorm } from "../lab/storm/shapes/crypto-storm.ts";
import { equitiesStorm } from "../lab/storm/shapes/equities-storm.ts";
import { optionsStorm } from "../lab/storm/shapes/options-storm.ts";
import { perpsStorm } from "../lab/storm/shapes/perps-storm.ts";
import type { PlanOf } from "../lab/storm/shape.ts";
import type { StormResult } from "../lab/storm/storm-result.ts";
import { Storm } from "../lab/storm/storm.ts";
import { councilPlan } from "./council-plan.ts";
import { cryptoPlan } from "./crypto-plan.ts";
import { equitiesPlan } from "./equities-plan.ts";
import { Failed } from "./failed.ts";
import { optionsPlan } from "./options-plan.ts";
import { perpsPlan } from "./perps-plan.ts";

export const stormDesks = ["perps", "crypto", "equities", "options", "council"] as const;
export type StormDesk = (typeof stormDesks)[number];

/** The user's perps desk for a market that somebody else makes. The strategy is not asked there, so that one from a file needs no loading. */
export function stormPlanOf(loaded: Loaded): PlanOf {
  const config = { ...loaded.config, perps: { ...loaded.config.perps, strategy: "swing" } };
  return (histories) => {
    const plan = perpsPlan({ ...loaded, config }, histories, new MemoryJournal());
    if (!plan.ok) throw new Failed(1, plan.error);
    return plan.value;
  };
}

/** A storm of each of the user's desks, by seed. */
export function stormsOf(loaded: Loaded): Readonly<Record<StormDesk, (seed: string) => StormResult>> {
  const options = withoutWatchlist(loaded);
  return {
    perps: (seed) => new Storm(seed, stormPlanOf(loaded), perpsStorm).run(),
    crypto: (seed) => new Storm(seed, (of) => cryptoPlan(loaded, of, new MemoryJournal()), cryptoStorm).run(),
    equities: (seed) => new Storm(seed, (of) => equitiesPlan(loaded, of, new MemoryJournal()), equitiesStorm).run(),
    options: (seed) => new Storm(seed, (of) => optionsPlan(options, of, new MemoryJournal()), optionsStorm).run(),
    council: (seed) => new Storm(seed, (of) => councilPlan(loaded, of, new MemoryJournal()), councilStorm).run(),
  };
}

/** An account of each of the user's desks in one storm, under one budget. */
export function houseStormOf(loaded: Loaded): (seed: string) => HouseResult {
  const options = withoutWatchlist(loaded);
  const desks = {
    perps: memberOf(stormPlanOf(loaded), perpsStorm),
    crypto: memberOf((of) => cryptoPlan(loaded, of, new MemoryJournal()), cryptoStorm),
    equities: memberOf((of) => equitiesPlan(loaded, of, new MemoryJournal()), equitiesStorm),
    options: memberOf((of) => optionsPlan(options, of, new MemoryJournal()), optionsStorm),
    council: memberOf((of) => councilPlan(loaded, of, new MemoryJournal()), councilStorm),
  } satisfies Record<StormDesk, MemberOf>;
  return (seed) => houseStorm(seed, desks);
}

/** A watchlist of the user's names no share of a made-up market: there everything that has a chain is looked at. */
const withoutWatchlist = (loaded: Loaded): Loaded => ({
  ...loaded,
  config: { ...loaded.config, options: { ...loaded.config.options, watchlist: [] } },
});
