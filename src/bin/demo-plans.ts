import type { Loaded } from "../config/config.ts";
import { loadConfig } from "../config/load-config.ts";
import { MemoryJournal } from "../journal/memory-store.ts";
import { anyPlan } from "../lab/accounts.ts";
import { demoCouncilPlan } from "./council-plan.ts";
import { demoCryptoPlan } from "./crypto-plan.ts";
import type { DemoDesk } from "./demo-desks.ts";
import { demoEquitiesPlan } from "./equities-plan.ts";
import { settingsFailed } from "./load-settings.ts";
import { demoOptionsPlan } from "./options-plan.ts";

/** The desks that follow the perps desk in the demo, each on a made-up market of its own with the house model: some seconds each. */
export const demoPlans = (seed: string): readonly DemoDesk[] => [
  { name: "options", plan: () => anyPlan(demoOptionsPlan(settingsOf(seed, "options.llm.decisions=entry,exit"), new MemoryJournal(), 5)) },
  { name: "crypto", plan: () => anyPlan(demoCryptoPlan(seed, 20, new MemoryJournal())) },
  { name: "equities", plan: () => anyPlan(demoEquitiesPlan(seed)) },
  { name: "council", plan: () => anyPlan(demoCouncilPlan(seed)) },
];

/** No file and no variable of this folder has a say in the demo. */
function settingsOf(seed: string, ...set: readonly string[]): Loaded {
  const loaded = loadConfig({ set: [`seed=${seed}`, ...set] });
  if (!loaded.ok) throw settingsFailed(loaded.error, { seed: "--seed" });
  return loaded.value;
}
