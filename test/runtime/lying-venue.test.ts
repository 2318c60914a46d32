import { describe, expect, it } from "vitest";
import { AccountState } from "../../src/journal/account-state.ts";
import { runBacktest } from "../../src/lab/backtest.ts";
import { FaultyVenue } from "../../src/sim/faults/faulty-venue.ts";
import { aPlan, demoHours, entriesOf } from "../lab/a-plan.ts";
import { viewOf } from "../lab/a-view.ts";
import { disagreements, factsOf } from "../lab/play.ts";
import { venueWith } from "../lab/venue-with.ts";

/** Gives no answer now and then, and says some things twice; what it does is right all the same. */
const forgetful = { accept_then_timeout: { chance: 0.1 }, duplicate_execution: { chance: 0.1 } } as const;

describe("a venue that does not answer and repeats itself", () => {
  const cases = ["a", "b", "c"].flatMap((seed) => ["aggressive", "swing"].map((strategy) => ({ seed, strategy })));
  it.each(cases)("is traded on without a double and without a difference, $strategy with $seed", ({ seed, strategy }) => {
    const sent: string[] = [];
    const plan = aPlan({
      histories: demoHours("7", 12),
      set: [`perps.strategy=${strategy}`, "perps.proposer=house"],
      more: {
        through: (venue, clock) => {
          const faulty = new FaultyVenue(venue, { seed, nowMs: () => clock.ms, faults: forgetful });
          return venueWith(faulty, {
            place: (order) => (sent.push(order.id), faulty.place(order)),
            replace: (old, order) => (sent.push(order.id), faulty.replace(old, order)),
          });
        },
      },
    });
    const run = runBacktest(plan);
    const unknown = factsOf(run, "order_sent").filter(({ outcome }) => outcome.kind === "unknown").length;
    expect([unknown > 5, factsOf(run, "execution_repeated").length > 2], "it did lie").toEqual([true, true]);
    expect(new Set(sent).size, "no id is sent twice").toBe(sent.length);
    expect(disagreements(run)).toEqual([]);
    const folded = new AccountState();
    for (const entry of entriesOf(plan)) folded.apply(entry);
    expect(viewOf(folded)).toEqual(viewOf(run.state));
  });

  it("books a fill that is not ours once, however often it is told", () => {
    const run = runBacktest(aPlan({ histories: demoHours("7", 4), set: ["perps.strategy=aggressive", "perps.proposer=house"] }));
    const { state, plan } = run;
    const entry = entriesOf(plan).findLast(({ fact }) => fact.kind === "filled")!;
    if (entry.fact.kind !== "filled") throw new Error("nothing was filled");
    const { order: _, ...fill } = { ...entry.fact.fill, execution: "theirs" as never };
    expect(state.told.booked(fill.execution)).toBe(false);
    state.apply({ ...entry, sequence: state.sequence + 1, fact: { kind: "external_fill", fill } });
    expect(state.told.booked(fill.execution)).toBe(true);
  });
});
