import type { PlanOf } from "../../../src/lab/storm/storm.ts";
import { aPlan } from "../a-plan.ts";
import { idle } from "../handmade.ts";

/** The house's defaults with limits and ways drawn from the seed, so that storms also meet them where they bind. */
export const stormPlan: PlanOf = (histories, random) =>
  aPlan({
    histories,
    strategy: idle,
    set: [
      "perps.proposer=house",
      "perps.cacheMs=0",
      "perps.interval=1m",
      "perps.decisionsPerMinuteMax=600",
      "perps.allocationUsdMax=60000",
      `execution.protectBy=${random.pick(["orders", "bracket"])}`,
      `account.marginMode=${random.pick(["cross", "isolated"])}`,
      `account.costMethod=${random.pick(["average", "fifo"])}`,
      `limits.dailyLossBpsMax=${random.pick([300, 9000])}`,
      `limits.drawdownBpsMax=9000`,
      `limits.entriesPerHourMax=${random.pick([12, 3600])}`,
      `limits.duplicateWindowMs=${random.pick([0, 60_000])}`,
      `limits.grossExposureBpsMax=${random.pick([15_000, 20_000])}`,
      "limits.riskPerTradeBpsMax=300",
    ],
  });
