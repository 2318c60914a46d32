import { stormPlanOf, stormsOf } from "../../../src/bin/storm-plan.ts";
import { loadConfig } from "../../../src/config/load-config.ts";

const loaded = loadConfig({});
if (!loaded.ok) throw new Error(JSON.stringify(loaded.error));

/** The house's defaults, so that `countersign sim storm --seed` without a configuration is the same storm. */
export const stormPlan = stormPlanOf(loaded.value);
export const stormOf = stormsOf(loaded.value);
