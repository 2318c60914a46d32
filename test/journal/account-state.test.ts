import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { AccountState } from "../../src/journal/account-state.ts";
import { decodeEntry, encodeEntry } from "../../src/journal/codec.ts";
import type { Entry } from "../../src/journal/entry.ts";
import { runBacktest, type BacktestRun } from "../../src/lab/backtest.ts";
import { aPlan, entriesOf } from "../lab/a-plan.ts";
import { viewOf } from "../lab/a-view.ts";

const folded = (entries: readonly Entry[]): AccountState => {
  const state = new AccountState();
  for (const entry of entries) state.apply(entry);
  return state;
};

const throughText = (entries: readonly Entry[]): Entry[] =>
  entries.map((entry) => {
    const read = decodeEntry(encodeEntry(entry));
    if (!read.ok) throw new Error(`entry ${entry.sequence} reads back: ${read.error.what}`);
    return read.value;
  });

const settings = [
  ["perps.strategy=swing"],
  ["perps.strategy=aggressive", "perps.proposer=house"],
  ["perps.strategy=dca", "account.marginMode=isolated"],
  ["perps.strategy=scalping", "account.costMethod=fifo"],
  ["perps.strategy=aggressive", "execution.protectBy=bracket"],
] as const;
const runs = new Map<string, BacktestRun>();
const runOf = (set: readonly string[]): BacktestRun => {
  const key = set.join(" ");
  const run = runs.get(key) ?? runBacktest(aPlan({ days: 14, set }));
  runs.set(key, run);
  return run;
};

describe("an account's state is a fold of its journal", () => {
  it.each(settings.map((set) => ({ set, name: set.join(" ") })))("is rebuilt from the entries after $name", ({ set }) => {
    const run = runOf(set);
    const entries = entriesOf(run.plan);
    expect(run.state.trades.length, "a run without trades proves nothing").toBeGreaterThan(3);
    expect(viewOf(folded(entries))).toEqual(viewOf(run.state));
    expect(viewOf(folded(throughText(entries))), "text keeps every value").toEqual(viewOf(run.state));
  });

  it("is the same at any cut, from the entries or from their text", () => {
    const entries = settings.map((set) => entriesOf(runOf(set).plan));
    const texts = entries.map(throughText);
    const cuts = fc.nat(settings.length - 1).chain((at) => fc.tuple(fc.constant(at), fc.integer({ min: 1, max: entries[at]!.length })));
    fc.assert(
      fc.property(cuts, ([at, length]) => {
        expect(viewOf(folded(texts[at]!.slice(0, length)))).toEqual(viewOf(folded(entries[at]!.slice(0, length))));
      }),
      { numRuns: 25, seed: 7 },
    );
  });

  it("takes entries in their order only", () => {
    const entries = entriesOf(runOf(settings[0]).plan);
    expect(() => folded(entries.slice(1))).toThrow("no gaps");
    expect(() => folded([entries[0]!, entries[0]!])).toThrow("no gaps");
  });
});

describe("what became of decisions (PERP-2)", () => {
  it("says of an entry that was filled that it was filled, though its stop was ordered after it", () => {
    const run = runOf(settings[0]);
    const state = new AccountState();
    let seen = 0;
    for (const entry of entriesOf(run.plan)) {
      state.apply(entry);
      const { fact } = entry;
      if (fact.kind !== "order_sent" || state.order(fact.order)?.purpose !== "stop_loss") continue;
      const newest = state.decisions.recent(state.order(fact.order)!.instrument).at(-1);
      if (newest?.action !== "buy" && newest?.action !== "sell") continue;
      seen++;
      expect(newest.fate).toBe("filled");
    }
    expect(seen).toBeGreaterThan(5);
  });

  it("keeps no levels for an instrument that is flat with nothing on its way", () => {
    for (const set of settings) {
      const state = new AccountState();
      for (const entry of entriesOf(runOf(set).plan)) {
        state.apply(entry);
        // The plan comes just before its entry is planned.
        if (entry.fact.kind === "protection_planned") continue;
        for (const { id } of state.opening.instruments) {
          const open = state.openOrders.some((order) => order.instrument === id && order.purpose === "entry");
          if (state.position(id) === undefined && !open) expect(state.protection(id)).toBeUndefined();
        }
      }
    }
  });
});
