import { describe, expect, it } from "vitest";
import type { Entry } from "../../src/journal/entry.ts";
import { runBacktest } from "../../src/lab/backtest.ts";
import { aPlan, demoHours, entriesOf } from "../lab/a-plan.ts";

const runs = [
  ["perps.strategy=aggressive"],
  ["perps.strategy=swing", "perps.proposer=house"],
  ["perps.strategy=dca", "perps.proposer=house", "execution.protectBy=bracket"],
  ["perps.strategy=scalping", "venue.participation=0.000001", "approval.personAboveUsd=25000"],
].map((set) => {
  const plan = aPlan({ histories: demoHours("6", 12), set });
  runBacktest(plan);
  return { name: set.join(" "), plan, entries: entriesOf(plan) };
});

describe.each(runs)("every decision of a run with $name", ({ plan, entries }) => {
  it("counts one outcome for each asset it was asked about (LINE-4)", () => {
    const scans = entries.flatMap(({ fact }) => (fact.kind === "scanned" ? [fact] : []));
    const wakes = entries.filter(({ fact }) => fact.kind === "woke").length;
    expect(scans.length).toBe(wakes);
    for (const { candidates, outcomes } of scans) {
      expect(candidates).toBe(plan.histories.length);
      expect(Object.values(outcomes).reduce((sum, count) => sum + count, 0)).toBe(candidates);
    }
  });

  it("counts what its facts say (LINE-4)", () => {
    for (const decision of decisionsOf(entries)) {
      const scan = decision.findLast(({ fact }) => fact.kind === "scanned")!.fact;
      const count = (of: (fact: Entry["fact"]) => boolean): number => decision.filter(({ fact }) => of(fact)).length;
      const outcomes = scan.kind === "scanned" ? scan.outcomes : {};
      expect(outcomes["declined"] ?? 0).toBe(count(({ kind }) => kind === "declined"));
      expect(outcomes["too_small"] ?? 0).toBe(count(({ kind }) => kind === "sized_to_nothing"));
      expect(outcomes["withheld"] ?? 0).toBe(count(({ kind }) => kind === "order_withheld"));
      expect(outcomes["invalid"] ?? 0).toBe(count(({ kind }) => kind === "proposal_refused"));
      expect(outcomes["hold"] ?? 0).toBe(count((fact) => fact.kind === "stood_down" && fact.why === "hold"));
    }
  });

  it("names its orders after itself, and each order's facts carry that name (LINE-3)", () => {
    const names = new Map<string, string>();
    for (const { fact, correlation, sequence } of entries) {
      const at = `entry ${sequence}, ${fact.kind}`;
      if (fact.kind === "order_planned") {
        expect(fact.order.id.startsWith(`${fact.order.correlation}.`), `${fact.order.id} of ${fact.order.correlation}`).toBe(true);
        expect(correlation, at).toBe(fact.order.correlation);
        names.set(fact.order.id, fact.order.correlation);
      }
      const order = "order" in fact && typeof fact.order === "string" ? fact.order : fact.kind === "filled" ? fact.fill.order : undefined;
      if (order !== undefined) expect(correlation, at).toBe(names.get(order) ?? legOf(order, names));
    }
    expect(names.size).toBeGreaterThan(10);
  });

  it("wants one thing at most of each instrument", () => {
    for (const decision of decisionsOf(entries)) {
      const wanted = decision.flatMap(({ fact }) => (fact.kind === "resolved" ? [fact.intent.instrument] : []));
      expect(new Set(wanted).size).toBe(wanted.length);
    }
  });

  it("plans each order id once", () => {
    const ids = entries.flatMap(({ fact }) => (fact.kind === "order_planned" ? [fact.order.id] : []));
    expect(new Set(ids).size).toBe(ids.length);
  });
});

/** A bracket's legs are named by the venue after their entry. */
const legOf = (order: string, names: ReadonlyMap<string, string>): string | undefined => names.get(order.slice(0, -2));

/** From waking to the end of the scan. */
function decisionsOf(entries: readonly Entry[]): Entry[][] {
  const decisions: Entry[][] = [];
  let open = false;
  for (const entry of entries) {
    if (entry.fact.kind === "woke") {
      decisions.push([]);
      open = true;
    }
    if (open) decisions.at(-1)!.push(entry);
    if (entry.fact.kind === "scanned") open = false;
  }
  return decisions;
}
