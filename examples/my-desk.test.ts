import assert from "node:assert/strict";
import { test } from "node:test";
import { deskPlan } from "../src/bin/desk-plan.ts";
import { loadConfig } from "../src/config/load-config.ts";
import type { Entry } from "../src/journal/entry.ts";
import { MemoryJournal } from "../src/journal/memory-store.ts";
import { runBacktest } from "../src/lab/backtest.ts";
import { demoMarket } from "../src/sim/market/demo-market.ts";
import { desk, settings } from "./my-desk.ts";

/** Twenty days of a made-up market in hours; run it with `node --test`. */
function ran(seed: string): { readonly entries: readonly Entry[]; readonly hash: string; readonly trades: number } {
  const loaded = loadConfig({ set: [`seed=${seed}`] });
  assert(loaded.ok);
  const journal = new MemoryJournal();
  const { state } = runBacktest(deskPlan(loaded.value, { desk, settings }, demoMarket(seed, 20, "1h"), journal));
  return { entries: [...journal.entries()], hash: journal.head().hash, trades: state.trades.length };
}

void test("it trades on a made-up market", () => {
  assert(ran("1").trades > 0);
});

void test("every order was passed by the rails and has a stop", () => {
  const { entries } = ran("2");
  const passed = new Set(entries.flatMap(({ fact }) => (fact.kind === "passed" ? [fact.intent] : [])));
  const planned = new Map(
    entries.flatMap(({ fact }) => (fact.kind === "protection_planned" ? [[fact.plan.intent, fact.plan.stopLoss]] : [])),
  );
  const entered = entries.flatMap(({ fact }) => (fact.kind === "order_planned" && fact.order.purpose === "entry" ? [fact.order] : []));
  assert(entered.length > 0);
  for (const { intent } of entered) {
    assert(passed.has(intent));
    assert(planned.get(intent) !== undefined);
  }
});

void test("the same market gives the same journal, another one another", () => {
  assert.equal(ran("3").hash, ran("3").hash);
  assert.notEqual(ran("3").hash, ran("4").hash);
});
