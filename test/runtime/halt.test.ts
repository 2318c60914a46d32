import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Entry } from "../../src/journal/entry.ts";
import { MemoryJournal } from "../../src/journal/memory-store.ts";
import { takeUp } from "../../src/runtime/recover.ts";
import { intentId } from "../../src/words/ids.ts";
import type { KillLevel } from "../../src/words/order-words.ts";
import { Bench } from "../lab/a-bench.ts";
import { aPlan, demoHours, entriesOf } from "../lab/a-plan.ts";
import { aCoin, candles, idle, ScriptedModel, still, type Candle } from "../lab/handmade.ts";
import { disagreements, factsOf, held, played, resting } from "../lab/play.ts";

const levels = ["K1", "K2", "K3", "K4"] as const;
const buy = { action: "buy", usd: 10_000, sl: 9500, tp: 11_000 } as const;
const flat: Candle[] = Array.from({ length: 8 }, () => still(10_000));

/** A long in AAA that is protected, and an entry in BBB that has been sent and not filled. */
function aBench(script: ConstructorParameters<typeof ScriptedModel>[0] = {}): Bench {
  const bench = new Bench(
    aPlan({
      histories: ["AAA", "BBB"].map((name) => candles(aCoin(name), flat)),
      strategy: idle,
      model: new ScriptedModel({ 1: { AAA: buy }, 2: { BBB: buy }, ...script }),
      set: ["perps.proposer=house", "perps.cacheMs=0", "limits.duplicateWindowMs=0"],
    }),
  );
  bench.next();
  bench.wake();
  bench.next();
  bench.wake();
  return bench;
}
const view = (bench: Bench) => ({ held: held(bench), orders: resting(bench) });
const refusals = (bench: Bench): string[] => factsOf(bench, "refused").map(({ refusal }) => refusal.code);
const protectedLong = ["stop 0.99 at 9500", "target 0.99 at 11000"];

describe("kill levels", () => {
  it("begin from a protected position and an entry on its way", () => {
    const bench = aBench();
    expect(view(bench)).toEqual({ held: ["AAA.PERP 0.99"], orders: ["entry 0.99 at 10030", ...protectedLong] });
  });

  it.each`
    level   | position                              | orders                                         | because
    ${"K1"} | ${["AAA.PERP 0.99", "BBB.PERP 0.99"]} | ${[...protectedLong, ...protectedLong].sort()} | ${"what was sent may fill and is protected; nothing new adds risk"}
    ${"K2"} | ${["AAA.PERP 0.99"]}                  | ${protectedLong}                               | ${"entries are taken back, protection stays"}
    ${"K3"} | ${["AAA.PERP 0.99"]}                  | ${[]}                                          | ${"everything is taken back and nothing leaves"}
    ${"K4"} | ${[]}                                 | ${[]}                                          | ${"everything is taken back and the account is flat"}
  `(
    "$level leaves $position with $orders, because $because",
    ({ level, position, orders }: { level: (typeof levels)[number]; position: string[]; orders: string[] }) => {
      const bench = aBench({ 4: { AAA: { action: "adjust_position", usd: 20_000 }, BBB: buy } });
      bench.halt(level);
      bench.next();
      bench.next();
      bench.wake();
      bench.next();
      expect(view(bench)).toEqual({ held: position, orders });
      expect(bench.runner.state.killLevel).toBe(level);
      expect(refusals(bench).at(-1)).toBe(level === "K1" || level === "K2" ? "kill_switch.entries" : "kill_switch.all");
      expect(disagreements({ state: bench.runner.state, venue: bench.venue })).toEqual([]);
    },
  );

  it.each(["K1", "K2"] as const)("%s lets exits and stops go on", (level) => {
    const bench = aBench({ 3: { AAA: { action: "adjust_orders", sl: 9700 } }, 4: { AAA: { action: "close_position" } } });
    bench.halt(level);
    bench.next();
    bench.wake();
    expect(resting(bench)).toContain("stop 0.99 at 9700");
    bench.next();
    bench.wake();
    bench.next();
    expect(held(bench)).not.toContain("AAA.PERP 0.99");
  });

  it.each(levels)("%s is still latched after a restart from the journal, until a person clears it", (level) => {
    const bench = aBench({ 3: { AAA: { action: "adjust_position", usd: 20_000 } }, 5: { BBB: buy } });
    bench.halt(level);
    const journal = new MemoryJournal();
    for (const entry of entriesOf(bench.plan)) journal.append(entry);
    const { state } = bench.restart(journal);
    expect(takeUp([...journal.entries()], state)).toBeUndefined();
    expect(state.killLevel).toBe(level);
    bench.next();
    bench.wake();
    const refused = [...journal.entries()].flatMap(({ fact }) => (fact.kind === "refused" ? [fact.refusal.code] : []));
    if (level !== "K4") expect(refused.some((code) => code.startsWith("kill_switch"))).toBe(true);
    bench.resume();
    expect(state.killLevel).toBe("none");
    const cleared = [...journal.entries()].flatMap(({ fact }) => (fact.kind === "cleared" ? [fact.by] : []));
    expect(cleared).toEqual(["ann"]);
    bench.next();
    bench.next();
    bench.wake();
    bench.next();
    if (level !== "K1") expect(held(bench).some((position) => position.startsWith("BBB"))).toBe(true);
  });

  it("latches before it does anything", () => {
    const bench = aBench();
    const before = entriesOf(bench.plan).length;
    bench.halt("K4");
    expect(entriesOf(bench.plan)[before]?.fact.kind).toBe("latched");
  });

  it("flattens each position by an order of its own", () => {
    const bench = aBench();
    bench.next();
    bench.halt("K4");
    const closes = factsOf(bench, "resolved").filter(({ intent }) => intent.aim === "close");
    expect(new Set(closes.map(({ intent }) => intent.id)).size).toBe(2);
    expect(closes.map(({ intent }) => intent.instrument).sort()).toEqual(["AAA.PERP", "BBB.PERP"]);
    expect(closes.map(({ intent }) => intent.id)).not.toContain(intentId("x"));
  });
});

/** Entries that left after the account was latched. */
const entriesAfter = (entries: readonly Entry[], latch: (entry: Entry) => boolean): number => {
  const at = entries.findIndex(latch);
  const planned = new Set<string>();
  for (const { fact } of entries.slice(at)) if (fact.kind === "order_planned" && fact.order.purpose === "entry") planned.add(fact.order.id);
  return entries.slice(at).filter(({ fact }) => fact.kind === "order_sent" && planned.has(fact.order)).length;
};

describe("after a latch", () => {
  it("no entry leaves, at whatever step and level anyone says stop", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 3 }),
        fc.integer({ min: 60, max: 140 }),
        fc.constantFrom(...levels),
        fc.constantFrom("rules", "house"),
        (seed, step, level, proposer) => {
          const plan = aPlan({ histories: demoHours(String(seed), 8), set: ["perps.strategy=aggressive", `perps.proposer=${proposer}`] });
          const bench = new Bench(plan);
          for (let at = 0; bench.next(); at++) {
            if (at === step) bench.halt(level);
            bench.wake();
          }
          const entries = entriesOf(plan);
          expect(entriesAfter(entries, ({ fact }) => fact.kind === "latched" && fact.latch.name === "kill")).toBe(0);
          expect(bench.runner.state.killLevel).toBe(level satisfies KillLevel);
        },
      ),
      { seed: 11, numRuns: 12 },
    );
  });

  it("stays with entries that a halt overtook between their plan and the wire", () => {
    const bench = aBench({ 3: { AAA: { action: "adjust_position", usd: 20_000 } } });
    bench.next();
    bench.through = (perform) => (step) => {
      // Somebody else's hand, just before the order leaves.
      if (step.do === "place")
        bench.runner.record({
          kind: "latched",
          latch: { name: "kill", level: "K1", by: "guardian", reason: "", latchedAt: bench.clock.now() },
        });
      return perform(step);
    };
    bench.wake();
    expect(factsOf(bench, "order_withheld").map(({ refusal }) => refusal.code)).toEqual(["kill_switch.entries"]);
    expect(resting(bench).filter((order) => order.startsWith("entry"))).toEqual([]);
  });

  const falling: Candle[] = [still(10_000), still(10_000), [10_000, 10_000, 9700, 9700], still(9700), still(9700)];
  const nextDay: Candle[] = Array.from({ length: 21 }, () => still(9700));
  /** Tighter than a configuration allows beside the default risk of one trade, so that a small fall is enough. */
  const tight = (drawdownBpsMax: number) => {
    const { rules } = aPlan({ histories: [candles(aCoin(), flat)], set: ["limits.duplicateWindowMs=0"] });
    return { rules: { ...rules, limits: { ...rules.limits, dailyLossBpsMax: 25, drawdownBpsMax } } };
  };
  const again = { BTC: { action: "adjust_position", usd: 15_000 } } as const;

  it("of the day's loss entries stop and exits go on, until the next day", () => {
    const run = played({
      bars: [...falling, ...nextDay],
      script: { 1: { BTC: buy }, 4: again, 5: { BTC: { action: "adjust_orders", sl: 9600 } }, 25: again },
      more: tight(9000),
    });
    expect(factsOf(run, "latched").map(({ latch }) => latch.name)).toEqual(["daily_loss"]);
    expect(factsOf(run, "refused").map(({ refusal }) => refusal.code)).toEqual(["loss_latch.daily_loss"]);
    expect(held(run), "bought again after midnight").toEqual(["BTC.PERP 1.54"]);
    expect(resting(run)).toContain("stop 1.54 at 9600");
    expect(run.state.latches).toEqual([]);
  });

  it("of a drawdown entries stop for good", () => {
    const run = played({
      bars: [...falling, ...nextDay],
      script: { 1: { BTC: buy }, 4: again, 25: again, 26: { BTC: { action: "close_position" } } },
      more: tight(25),
    });
    expect(factsOf(run, "refused").map(({ refusal }) => refusal.code)).toEqual(["loss_latch.daily_loss", "loss_latch.drawdown"]);
    expect(run.state.latches.map(({ name }) => name)).toEqual(["drawdown"]);
    expect(resting(run), "the close was sent all the same").toContain("close 0.99 at 9555");
  });
});
