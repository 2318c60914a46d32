import { describe, expect, it } from "vitest";
import { HouseModel } from "../../src/adapters/house-model/house-model.ts";
import { runBacktest, runSimulation } from "../../src/lab/backtest.ts";
import { aPlan, entriesOf, linesOf, type PlanWish } from "./a-plan.ts";
import { laterModel, laterVenue, LaterJournal } from "./after-promises.ts";

const cases = ["1", "2", "3"].flatMap((seed) =>
  ["swing", "aggressive"].flatMap((strategy) => ["rules", "house"].map((proposer) => ({ seed, strategy, proposer }))),
);
const wishOf = ({ seed, strategy, proposer }: (typeof cases)[number]): PlanWish => ({
  seed,
  days: 10,
  set: [`perps.strategy=${strategy}`, `perps.proposer=${proposer}`],
});

describe("one line, two runners (LINE-1)", () => {
  it.each(cases)("writes the same bytes for $strategy by $proposer on market $seed", async (of) => {
    const now = aPlan(wishOf(of));
    const journal = new LaterJournal();
    const later = aPlan({ ...wishOf(of), model: laterModel(new HouseModel()), more: { through: laterVenue, journal } });
    runBacktest(now);
    await runSimulation(later);
    const orders = entriesOf(now).filter(({ fact }) => fact.kind === "order_sent").length;
    expect(orders, "a run that orders nothing proves nothing").toBeGreaterThan(5);
    expect(journal.commits, "every order waited for a commit").toBeGreaterThanOrEqual(orders);
    expect(journal.head().hash).toBe(now.journal.head().hash);
    expect(linesOf(entriesOf(later))).toEqual(linesOf(entriesOf(now)));
  });

  it("is refused by the runner that never waits when a port does", () => {
    const plan = aPlan({ days: 10, more: { through: laterVenue } });
    expect(() => runBacktest(plan)).toThrow("never waits");
  });
});

describe("the same plan", () => {
  it("gives the same bytes again, and another market other ones", () => {
    const hashOf = (seed: string): string => {
      const plan = aPlan({ seed, days: 10, set: ["perps.strategy=aggressive"] });
      runBacktest(plan);
      return plan.journal.head().hash;
    };
    expect(hashOf("1")).toBe(hashOf("1"));
    expect(hashOf("2")).not.toBe(hashOf("1"));
  });

  it("gives the same bytes when the venue draws its slippage", () => {
    const hashOf = (seed: string): string => {
      const plan = aPlan({ days: 10 });
      const jittery = { ...plan, venue: { ...plan.venue, seed, slippageJitterBps: 5 } };
      runBacktest(jittery);
      return plan.journal.head().hash;
    };
    expect(hashOf("a")).toBe(hashOf("a"));
    expect(hashOf("b"), "another seed draws other slippage").not.toBe(hashOf("a"));
  });
});
