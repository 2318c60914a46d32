import { describe, expect, it } from "vitest";
import { AccountState } from "../../src/journal/account-state.ts";
import type { Command } from "../../src/lab/command.ts";
import { viewOf } from "../lab/a-view.ts";
import { entriesOf } from "../lab/a-plan.ts";
import { aCoin, firstMs, hourMs, still, type Candle, type Wish } from "../lab/handmade.ts";
import { factsOf, held, played } from "../lab/play.ts";

const flat: Candle[] = Array.from({ length: 12 }, () => still(10_000));
const buy: Wish = { action: "buy", usd: 1_000, sl: 9_500, tp: 11_000 };
const looped = { 1: { BTC: buy }, 2: { BTC: buy }, 6: { BTC: buy }, 9: { BTC: buy } };

/** A model that enters again and again; the first entry is all that an hour allows. */
const loop = (commands: readonly Command[] = [], script = looped as Parameters<typeof played>[0]["script"]) =>
  played({ bars: flat, script: script!, set: ["limits.entriesPerHourMax=1", "limits.duplicateWindowMs=0"], more: { commands } });

const refusals = (run: ReturnType<typeof loop>): string[] => factsOf(run, "refused").map(({ refusal }) => refusal.code);
const latches = (run: ReturnType<typeof loop>): string[] => factsOf(run, "latched").map(({ latch }) => latch.name);
const clearAt = (bar: number): Command => ({ fromMs: firstMs + bar * hourMs, clear: "repeated_execution" });

describe("a strategy that fills and enters again with nobody looking", () => {
  it.each`
    what                                 | commands        | refused                                                                               | position             | because
    ${"stops at the limit and stays so"} | ${[]}           | ${["repeated_execution", "repeated_execution.latched", "repeated_execution.latched"]} | ${["BTC.PERP 0.09"]} | ${"the hour is over at the sixth bar, and no person has looked"}
    ${"goes on once a person cleared"}   | ${[clearAt(5)]} | ${["repeated_execution"]}                                                             | ${["BTC.PERP 0.27"]} | ${"the sixth and the ninth bar are hours apart, and counting began anew"}
    ${"goes on only from then on"}       | ${[clearAt(8)]} | ${["repeated_execution", "repeated_execution.latched"]}                               | ${["BTC.PERP 0.18"]} | ${"the sixth bar was before the person came"}
  `("$what, because $because", ({ commands, refused, position }) => {
    const run = loop(commands as readonly Command[]);
    expect(refusals(run)).toEqual(refused);
    expect(latches(run)).toEqual(["repeated_execution"]);
    expect(held(run)).toEqual(position);
  });

  it("is latched in the journal, so that a rebuild from it refuses as well", () => {
    const run = loop();
    const folded = new AccountState();
    for (const entry of entriesOf(run.plan)) folded.apply(entry);
    expect(folded.latches).toEqual([expect.objectContaining({ name: "repeated_execution", by: "rails", level: "none" })]);
    expect(viewOf(folded)).toEqual(viewOf(run.state));
  });

  it("is cleared by a person, who is named with the reason", () => {
    expect(factsOf(loop([clearAt(5)]), "cleared")).toEqual([
      { kind: "cleared", name: "repeated_execution", by: "backtest", reason: "scheduled" },
    ]);
    expect(factsOf(loop([clearAt(0)]), "cleared"), "there is nothing to clear yet").toEqual([]);
  });

  it("counts anew once a person cleared, also within the hour", () => {
    const entries = entriesOf(loop().plan);
    const at = entries.findIndex(({ fact }) => fact.kind === "latched");
    const state = new AccountState();
    for (const entry of entries.slice(0, at + 1)) state.apply(entry);
    const now = entries[at]!;
    const within = (): number => state.entriesFilledSince(aCoin().id, now.at.subtract({ hours: 1 }));
    expect(within()).toBe(1);
    state.apply({ ...now, sequence: now.sequence + 1, fact: { kind: "cleared", name: "repeated_execution", by: "ann", reason: "looked" } });
    expect([within(), state.latches]).toEqual([0, []]);
  });
});
