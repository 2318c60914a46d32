import { describe, expect, it } from "vitest";
import { HouseModel } from "../../../src/adapters/house-model/house-model.ts";
import { councilPlan } from "../../../src/bin/council-plan.ts";
import { loadConfig } from "../../../src/config/load-config.ts";
import type { CouncilSettings } from "../../../src/desks/council-settings.ts";
import { encodeEntry } from "../../../src/journal/codec.ts";
import type { Entry } from "../../../src/journal/entry.ts";
import { MemoryJournal } from "../../../src/journal/memory-store.ts";
import { runBacktest, type BacktestPlan } from "../../../src/lab/backtest.ts";
import { CouncilApprover } from "../../../src/lab/council/council-approver.ts";
import { takeUpAgain } from "../../../src/lab/storm/take-up-again.ts";
import { AccountRunner } from "../../../src/runtime/account-runner.ts";
import { ManualClock } from "../../../src/sim/manual-clock.ts";
import { etfMarket } from "../../../src/sim/market/etf-market.ts";
import { SimVenue } from "../../../src/sim/venue/sim-venue.ts";

/** After a Thursday's meeting, since Wednesday was New Year, the next is six days later: what was shown in the first waits until it. */
function silentWeeks(): { readonly plan: BacktestPlan<CouncilSettings>; readonly entries: readonly Entry[] } {
  const loaded = loadConfig({ set: ["council.expirySeconds=604800"] });
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.error));
  const journal = new MemoryJournal();
  const approver = new CouncilApprover(() => undefined);
  const plan = {
    ...councilPlan(loaded.value, etfMarket("1", 8, "2024-12-30"), journal),
    model: new HouseModel(),
    approver,
    onEntry: (entry: Entry) => approver.see(entry),
  };
  runBacktest(plan);
  return { plan, entries: [...journal.entries()] };
}

describe("a meeting that is cut short while another trade waits for a person", () => {
  const { plan, entries } = silentWeeks();
  const second = entries.findIndex(({ fact }) => fact.kind === "trade_ended" && fact.end === "superseded");
  const woke = entries.findLastIndex(({ fact }, at) => at < second && fact.kind === "woke");
  const scanned = entries.findIndex(({ fact }, at) => at > second && fact.kind === "scanned");

  it("is the very case: something waits, nobody answers, and a meeting follows", () => {
    expect(second).toBeGreaterThan(0);
    expect(entries.slice(woke, scanned).map(({ fact }) => fact.kind)).toContain("pack_frozen");
    expect(entries.slice(woke, scanned).map(({ fact }) => fact.kind)).not.toContain("trade_answered");
  });

  it("comes out the same wherever it is cut, with nobody's silence taken for a word", () => {
    const whole = entries.slice(0, scanned + 1).map(encodeEntry);
    for (let cut = woke + 1; cut <= scanned; cut++) {
      const journal = new MemoryJournal();
      for (const entry of entries.slice(0, cut)) journal.append(entry);
      const approver = new CouncilApprover(() => undefined);
      for (const entry of journal.entries()) approver.see(entry);
      const clock = new ManualClock(entries[woke]!.at.epochMilliseconds);
      const instruments = plan.histories.map(({ instrument }) => instrument);
      const venue = new SimVenue({ ...plan.venue, account: plan.account, instruments });
      const ports = { clock, journal, venue, model: plan.model, approver };
      takeUpAgain(new AccountRunner(ports, plan.account, plan.desk.id, plan.digest), [...journal.entries()], plan);
      expect([...journal.entries()].map(encodeEntry), `cut after entry ${cut}`).toEqual(whole);
    }
  });
});
