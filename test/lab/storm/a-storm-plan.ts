import { houseStormOf as housesOf, stormPlanOf, stormsOf, type StormDesk } from "../../../src/bin/storm-plan.ts";
import { loadConfig } from "../../../src/config/load-config.ts";
import type { Breach } from "../../../src/lab/storm/wire-watch.ts";

const loaded = loadConfig({});
if (!loaded.ok) throw new Error(JSON.stringify(loaded.error));

/** The house's defaults, so that `countersign sim storm --seed` without a configuration is the same storm. */
export const stormPlan = stormPlanOf(loaded.value);
export const stormOf = stormsOf(loaded.value);
export const houseStormOf = housesOf(loaded.value);

/** Of a desk's storm, or of the house's: there the group's first, then each account's. */
export function breachesOf(desk: StormDesk | "house", seed: string): readonly Breach[] {
  if (desk !== "house") return stormOf[desk](seed).breaches;
  const { breaches, members } = houseStormOf(seed);
  return [...breaches, ...[...members.values()].flatMap((member) => member.breaches)];
}
