import type { Limits } from "../../flow/rails/limits.ts";
import type { DeskSettings } from "../../runtime/desk.ts";
import type { Random } from "../../sim/random.ts";
import type { StormPlan } from "./shape.ts";

/** Brakes that end a storm early, loosened; how much may be held and sent at once stays the user's. */
const noLossLimit = { dailyLossBpsMax: 9_000, drawdownBpsMax: 9_000 } as const;
const noThrottle = { entriesPerHourMax: 3_600, duplicateWindowMs: 0, ordersPerMinuteMax: 6_000 } as const;

/** So little room that what is on its way fills it: exposure that is not reserved shows at once. */
const narrow = ({ grossExposureBpsMax, netExposureBpsMax, concentrationBpsMax }: Limits): Partial<Limits> => ({
  grossExposureBpsMax: Math.min(grossExposureBpsMax, 5_000),
  netExposureBpsMax: Math.min(netExposureBpsMax, 5_000),
  concentrationBpsMax: Math.min(concentrationBpsMax, 5_000),
});

/**
 * The user's plan in the ways any desk may be run: protection, margin and cost are the one or the other; now and then loss limits or
 * throttles are loosened, for what comes after they would have stopped it.
 */
export function waysOf<Settings extends DeskSettings>(plan: StormPlan<Settings>, random: Random): StormPlan<Settings> {
  const { rules, venue, record } = plan;
  const marginMode = random.pick(["cross", "isolated"] as const);
  const costMethod = random.pick(["average", "fifo"] as const);
  const protectBy = random.pick(["orders", "bracket"] as const);
  const { weeklyLossBpsMax } = rules.limits;
  const limits = {
    ...rules.limits,
    ...(random.chance(0.7) ? noThrottle : {}),
    ...(random.chance(0.5) ? { ...noLossLimit, ...(weeklyLossBpsMax === undefined ? {} : { weeklyLossBpsMax: 9_000 }) } : {}),
    ...(random.chance(0.5) ? narrow(rules.limits) : {}),
  };
  return {
    ...plan,
    rules: { ...rules, protectBy, limits },
    venue: { ...venue, marginMode, latencyMs: random.pick([0, 250, 5_000]), participation: random.pick([0.000_01, 0.001, 0.1]) },
    record: { ...record, "account.marginMode": marginMode, "account.costMethod": costMethod, "execution.protectBy": protectBy },
  };
}
