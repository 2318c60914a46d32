import type { BacktestPlan } from "../../src/lab/backtest.ts";
import type { Random } from "../../src/sim/random.ts";
import { aPlan } from "../lab/a-plan.ts";
import { idle } from "../lab/handmade.ts";

/** A desk that trades a lot, in ways drawn from the seed: with and without a person's yes, with legs at the venue or orders of its own. */
export function chaosPlan(histories: BacktestPlan["histories"], random: Random): BacktestPlan {
  return aPlan({
    histories,
    strategy: idle,
    set: [
      "perps.proposer=house",
      "perps.cacheMs=0",
      "perps.interval=1m",
      "perps.decisionsPerMinuteMax=600",
      "perps.allocationUsdMax=60000",
      "limits.dailyLossBpsMax=9000",
      "limits.drawdownBpsMax=9000",
      "limits.entriesPerHourMax=3600",
      "limits.duplicateWindowMs=0",
      "limits.grossExposureBpsMax=20000",
      "limits.riskPerTradeBpsMax=300",
      `approval.personAboveUsd=${random.pick([0, 7_000, 100_000])}`,
      `reconcile.visibilityMs=${random.pick([0, 90_000])}`,
      `execution.protectBy=${random.pick(["orders", "bracket"])}`,
      `account.marginMode=${random.pick(["cross", "isolated"])}`,
      `account.costMethod=${random.pick(["average", "fifo"])}`,
    ],
  });
}
