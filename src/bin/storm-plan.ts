import type { Loaded } from "../config/config.ts";
import { MemoryJournal } from "../journal/memory-store.ts";
import type { PlanOf } from "../lab/storm/storm.ts";
import { Failed } from "./failed.ts";
import { perpsPlan } from "./perps-plan.ts";

/** The user's desk for a market of a storm's own. The strategy is not asked there, so that one from a file needs no loading. */
export function stormPlanOf(loaded: Loaded): PlanOf {
  const config = { ...loaded.config, perps: { ...loaded.config.perps, strategy: "swing" } };
  return (histories) => {
    const plan = perpsPlan({ ...loaded, config }, histories, new MemoryJournal());
    if (!plan.ok) throw new Failed(1, plan.error);
    return plan.value;
  };
}
