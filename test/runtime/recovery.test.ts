import { describe, expect, it } from "vitest";
import { perps } from "../../src/desks/perps.ts";
import { decodeEntry, encodeEntry } from "../../src/journal/codec.ts";
import type { Entry } from "../../src/journal/entry.ts";
import { MemoryJournal } from "../../src/journal/memory-store.ts";
import type { BacktestPlan } from "../../src/lab/backtest.ts";
import { continueLine } from "../../src/runtime/continue-line.ts";
import { driveNow } from "../../src/runtime/drive.ts";
import type { Line, Step } from "../../src/runtime/line.ts";
import { takeUp } from "../../src/runtime/recover.ts";
import { present } from "../../src/words/invariant.ts";
import { Bench } from "../lab/a-bench.ts";
import { aPlan, entriesOf, linesOf } from "../lab/a-plan.ts";
import { viewOf } from "../lab/a-view.ts";
import { aCoin, candles, idle, ScriptedModel, still, type Candle } from "../lab/handmade.ts";
import { venueWith } from "../lab/venue-with.ts";

class Crash extends Error {}

const names = ["AAA", "BBB", "CCC", "DDD", "EEE", "FFF"];
const flat: Candle[] = Array.from({ length: 6 }, () => still(10_000));
const entry = { action: "buy", usd: 8000, sl: 9500, tp: 11_000 } as const;
const short = { action: "sell", usd: 8000, sl: 10_500, tp: 9000 } as const;
/** Entries; then every kind of action at once; then everything out. */
const script = {
  1: { AAA: entry, BBB: entry, CCC: short, DDD: entry, EEE: short, FFF: short },
  3: {
    AAA: { action: "adjust_orders", sl: 9700, tp: 10_800 },
    BBB: { action: "close_position" },
    CCC: { action: "adjust_position", usd: 4000, sl: 10_400 },
    DDD: { action: "adjust_position", usd: 14_000, sl: 9600 },
    EEE: { action: "adjust_orders", sl: 10_300 },
    FFF: { action: "adjust_orders", sl: 10_200, tp: 9100 },
  },
  5: {
    AAA: { action: "close_position" },
    CCC: { action: "close_position" },
    DDD: { action: "sell", usd: 5000, sl: 10_500 },
    EEE: { action: "close_position" },
  },
} as const;
const busy = [1, 3, 5] as const;

type Calls = string[];

function aBusyPlan(calls: Calls, journal = new MemoryJournal()): BacktestPlan {
  return aPlan({
    histories: names.map((name) => candles(aCoin(name), flat)),
    strategy: idle,
    model: new ScriptedModel(script),
    set: [
      "perps.proposer=house",
      "perps.cacheMs=0",
      "limits.duplicateWindowMs=0",
      "reconcile.visibilityMs=0",
      "approval.personAboveUsd=7000",
    ],
    more: {
      journal,
      approver: { ask: (_intent, binding) => ({ yes: true, by: "ann", binding }) },
      through: (venue) =>
        venueWith(venue, {
          place: (order) => (calls.push(`place ${order.id}`), venue.place(order)),
          replace: (old, order) => (calls.push(`replace ${order.id}`), venue.replace(old, order)),
        }),
    },
  });
}

/** Where to crash: at one step of the decision after bar `bar`, with its effect in the world or without. */
type Cut = { readonly bar: number; readonly step: number; readonly after: boolean };

/** Plays up to the decision after `bar`, which is left to the caller. */
function playedTo(bar: number, calls: Calls): Bench {
  const bench = new Bench(aBusyPlan(calls));
  for (let at = 1; at <= bar; at++) {
    bench.next();
    if (at < bar) bench.wake();
  }
  return bench;
}

/** The decision uncut: its steps, and the journal as it should be. */
function uncut(bar: number): {
  readonly steps: readonly Step[];
  readonly lines: readonly string[];
  readonly view: unknown;
  readonly calls: Calls;
} {
  const calls: Calls = [];
  const bench = playedTo(bar, calls);
  const steps: Step[] = [];
  bench.through = (perform) => (step) => (steps.push(step), perform(step));
  bench.wake();
  return { steps, lines: linesOf(entriesOf(bench.plan)), view: viewOf(bench.runner.state), calls };
}

const throughText = (entries: readonly Entry[]): Entry[] =>
  entries.map((each) => {
    const read = decodeEntry(encodeEntry(each));
    if (!read.ok) throw new Error(read.error.what);
    return read.value;
  });

/** Crashes there, starts again from the journal's text over the same venue, and finishes. `blind` forgets that orders may have left. */
function recovered(
  { bar, step: cutAt, after }: Cut,
  blind = false,
): { readonly lines: readonly string[]; readonly view: unknown; readonly calls: Calls } {
  const calls: Calls = [];
  const bench = playedTo(bar, calls);
  let count = 0;
  bench.through = (perform) => (step) => {
    if (count++ < cutAt) return perform(step);
    if (after) void perform(step);
    throw new Crash();
  };
  expect(() => bench.wake()).toThrow(Crash);

  const journal = new MemoryJournal();
  for (const each of throughText(entriesOf(bench.plan))) journal.append(each);
  const runner = bench.restart(journal);
  const cut = takeUp([...journal.entries()], runner.state);
  if (cut === undefined) {
    // The crash came before the decision's first fact: it wakes anew.
    bench.through = (perform) => perform;
    if (cutAt === 0 && !after) bench.wake();
  } else {
    const turn = bench.turnOf("bar_close", cut.woke.snapshot, present(cut.entry.correlation, "a decision has a correlation"));
    const line: Line = continueLine(perps.cycle(turn, bench.plan.settings), cut.tail, runner.state);
    driveNow(line, (step) => {
      if (!blind || step.do !== "place") return runner.perform(turn, step);
      const { maybeSent: _, ...first } = step;
      return runner.perform(turn, first);
    });
  }
  return { lines: linesOf([...journal.entries()]), view: viewOf(runner.state), calls };
}

const twice = (calls: Calls): string[] => {
  const ids = calls.map((call) => call.split(" ")[1]!);
  return ids.filter((id, at) => ids.indexOf(id) !== at);
};

const cutsOf = (bar: number, steps: readonly Step[]): Cut[] =>
  steps.flatMap((step, at) => [
    { bar, step: at, after: false },
    ...(step.do === "record" ? [] : [{ bar, step: at, after: true }]),
    // The last fact is written and nobody hears of it.
    ...(at === steps.length - 1 ? [{ bar, step: at, after: true }] : []),
  ]);

describe("a crash between any two steps of a decision (LINE-7)", () => {
  const runs = busy.map((bar) => ({ bar, ...uncut(bar) }));

  it("is tried at two hundred places and more, on every kind of step", () => {
    expect(runs.flatMap(({ bar, steps }) => cutsOf(bar, steps)).length).toBeGreaterThanOrEqual(200);
    const kinds = new Set(runs.flatMap(({ steps }) => steps.map((step) => step.do)));
    expect([...kinds].sort()).toEqual(["approve", "ask", "place", "record"]);
    expect(runs.flatMap(({ calls }) => calls).some((call) => call.startsWith("replace"))).toBe(true);
  });

  it.each(busy)("leaves the same facts and books, and every order at the venue once, after bar %i", (bar) => {
    const { steps, lines, view } = runs.find((run) => run.bar === bar)!;
    for (const cut of cutsOf(bar, steps)) {
      const again = recovered(cut);
      expect(again.lines, `cut ${JSON.stringify(cut)} at ${steps[cut.step]!.do}`).toEqual(lines);
      expect(again.view).toEqual(view);
      expect(twice(again.calls), `cut ${JSON.stringify(cut)}`).toEqual([]);
    }
  });

  it("would send twice if it did not look first", () => {
    const { steps } = runs[0]!;
    const sent = steps.findIndex((step) => step.do === "place");
    const { calls } = recovered({ bar: 1, step: sent, after: true }, true);
    expect(twice(calls)).toHaveLength(1);
  });

  it("takes up a whole journal with nothing left to do", () => {
    const { runner, plan } = playedTo(5, []);
    const fresh = new Bench(aBusyPlan([])).restart(new MemoryJournal());
    expect(takeUp(entriesOf(plan), fresh.state)).toBeUndefined();
    expect(viewOf(fresh.state)).toEqual(viewOf(runner.state));
  });

  it("stops rather than go on from a journal that is not what it computes", () => {
    const calls: Calls = [];
    const bench = playedTo(1, calls);
    bench.wake();
    const entries = entriesOf(bench.plan);
    const at = entries.findIndex(({ fact }) => fact.kind === "sized");
    const other = entries
      .slice(0, at + 1)
      .map((each) => (each.fact.kind === "sized" ? { ...each, fact: { ...each.fact, method: "another" } } : each));
    const runner = bench.restart(new MemoryJournal());
    const cut = takeUp(other, runner.state)!;
    const turn = bench.turnOf("bar_close", cut.woke.snapshot, cut.entry.correlation!);
    expect(() => driveNow(continueLine(perps.cycle(turn, bench.plan.settings), cut.tail, runner.state), () => undefined)).toThrow(
      "computed again as it was written",
    );
  });
});

describe("an order that may have left", () => {
  const sentAt = (): { readonly cut: Cut; readonly order: string } => {
    const { steps } = uncut(1);
    const at = steps.findIndex((step) => step.do === "place");
    const step = steps[at]!;
    return { cut: { bar: 1, step: at, after: true }, order: step.do === "place" ? step.order.id : "" };
  };

  it.each`
    found         | outcome       | because
    ${"unknown"}  | ${"unknown"}  | ${"the venue cannot say, so it stays UNKNOWN and is not sent"}
    ${"rejected"} | ${"rejected"} | ${"the venue's records say that it was rejected"}
    ${"filled"}   | ${"accepted"} | ${"the venue had taken it"}
  `("is $outcome when the venue finds it $found, because $because", ({ found, outcome }: { found: string; outcome: string }) => {
    const { cut, order } = sentAt();
    const calls: Calls = [];
    const bench = playedTo(1, calls);
    let count = 0;
    bench.through = (perform) => (step) => {
      if (count++ < cut.step) return perform(step);
      throw new Crash();
    };
    expect(() => bench.wake()).toThrow(Crash);
    const journal = new MemoryJournal();
    for (const each of entriesOf(bench.plan)) journal.append(each);
    Object.assign(bench.plan, {
      through: (venue: Bench["venue"]) =>
        venueWith(venue, {
          place: (each) => (calls.push(`place ${each.id}`), venue.place(each)),
          find: (id, instrument) => {
            if (id !== order) return venue.find(id, instrument);
            if (found === "unknown") return "unknown";
            return { id, venueOrder: "v1", instrument, state: found, quantity: 1n, filled: 0n, conditional: false } as never;
          },
        }),
    });
    const runner = bench.restart(journal);
    const { tail, entry: woken, woke } = takeUp([...journal.entries()], runner.state)!;
    const turn = bench.turnOf("bar_close", woke.snapshot, woken.correlation!);
    driveNow(continueLine(perps.cycle(turn, bench.plan.settings), tail, runner.state), (step) => runner.perform(turn, step));
    const sent = [...journal.entries()].find(({ fact }) => fact.kind === "order_sent" && fact.order === order)!.fact;
    expect(sent.kind === "order_sent" ? sent.outcome.kind : "").toBe(outcome);
    expect(calls).not.toContain(`place ${order}`);
    expect(runner.state.openOrders.find(({ id }) => id === order)?.state).toBe(
      ({ unknown: "lost", rejected: undefined, filled: "working" } as Record<string, string | undefined>)[found],
    );
  });
});
