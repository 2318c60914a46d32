import { describe, expect, it } from "vitest";
import { cryptoPlan } from "../../src/bin/crypto-plan.ts";
import { councilPlan } from "../../src/bin/council-plan.ts";
import { equitiesPlan } from "../../src/bin/equities-plan.ts";
import { optionsPlan } from "../../src/bin/options-plan.ts";
import { perpsPlan } from "../../src/bin/perps-plan.ts";
import { loadConfig } from "../../src/config/load-config.ts";
import { MemoryJournal } from "../../src/journal/memory-store.ts";
import { runBacktest } from "../../src/lab/backtest.ts";
import { demoMarket } from "../../src/sim/market/demo-market.ts";
import { etfMarket } from "../../src/sim/market/etf-market.ts";
import { shareMarket } from "../../src/sim/market/share-market.ts";
import { factsIn } from "../lab/a-shares-plan.ts";

function must<Value>(read: { readonly ok: true; readonly value: Value } | { readonly ok: false; readonly error: unknown }): Value {
  if (!read.ok) throw new Error(JSON.stringify(read.error));
  return read.value;
}
const settings = (...set: readonly string[]) => must(loadConfig({ set }));

describe("what the rails let through has its funds at the venue (EQ-4)", () => {
  it.each`
    seed   | feeBps | because
    ${"1"} | ${0.5} | ${"longs and shorts fill the account to the last share"}
    ${"2"} | ${50}  | ${"the fee is a part of what is needed"}
    ${"3"} | ${50}  | ${"and so is that of orders on their way"}
  `("no order of an eager desk is rejected for funds with seed $seed and $feeBps bps a side: $because", ({ seed, feeBps }) => {
    const loaded = settings(
      `seed=${seed}`,
      `equities.feeBps=${feeBps}`,
      "equities.aggressiveness=3",
      "equities.calibrateFrom=100000",
      "limits.drawdownBpsMax=9000",
    );
    const run = runBacktest(equitiesPlan(loaded, shareMarket(seed, 200), new MemoryJournal()));
    const facts = factsIn(run).map(({ fact }) => fact);
    const rejected = facts.flatMap((fact) =>
      fact.kind === "order_sent" && fact.outcome.kind === "rejected" ? [`${fact.outcome.reason}: ${fact.outcome.detail}`] : [],
    );
    const cut = facts.filter(
      (fact) => fact.kind === "passed" && fact.verdicts.some(({ rail, outcome }) => rail === "buying_power" && outcome === "trimmed"),
    );
    expect(rejected).toEqual([]);
    expect(cut.length).toBeGreaterThan(3);
    expect(run.state.positions.length + run.state.trades.length).toBeGreaterThan(50);
  });

  it("the fee that rails leave room for is the one that the venue takes, on every desk", () => {
    const loaded = settings("venue.takerFeeBps=7", "equities.feeBps=3", "council.feeBps=4", "options.feePerContract=0.9");
    const shares = shareMarket("1", 60);
    const plans = [
      must(perpsPlan(loaded, demoMarket("1", 1), new MemoryJournal())),
      cryptoPlan(loaded, demoMarket("1", 1), new MemoryJournal()),
      equitiesPlan(loaded, shares, new MemoryJournal()),
      optionsPlan(loaded, shares, new MemoryJournal()),
      councilPlan(loaded, etfMarket("1", 12), new MemoryJournal()),
    ];
    for (const { rules, venue, desk } of plans)
      expect([desk.id, rules.charges.takerFee, rules.charges.feePerContract]).toEqual([desk.id, venue.takerFee, venue.feePerContract]);
  });
});
