import type { MarketSnapshot } from "../src/flow/market/snapshot.ts";
import { runBacktest, type BacktestPlan } from "../src/lab/backtest.ts";
import type { DeskSettings } from "../src/runtime/desk.ts";
import { zeroMoney } from "../src/words/money.ts";

/** What a desk saw at each of its turns over its histories, with a model that never answers. */
export function snapshotsOf<Settings extends DeskSettings>(plan: BacktestPlan<Settings>): readonly MarketSnapshot[] {
  const nothing = { outcome: "refused", detail: "", latencyMs: 0, tokensIn: 0, tokensOut: 0, cost: zeroMoney } as const;
  runBacktest({ ...plan, model: { ask: () => nothing } });
  return [...plan.journal.entries()].flatMap(({ fact }) => (fact.kind === "woke" ? [fact.snapshot] : []));
}
