import { expect, it } from "vitest";
import type { StormDesk } from "../../../src/bin/storm-plan.ts";
import type { FactKind } from "../../../src/journal/fact.ts";
import { faultNames, type FaultName } from "../../../src/sim/faults/fault-names.ts";
import { stormOf } from "./a-storm-plan.ts";

const asked = process.env["COUNTERSIGN_STORMS"];
const batch = 20;

type Expected = {
  readonly desk: StormDesk;
  readonly from?: number;
  /** How many, unless `COUNTERSIGN_STORMS` asks for others. */
  readonly storms: number;
  readonly crashes: number;
  /** Each fault falls this often at least, but for those of which that cannot be said. */
  readonly faults: number;
  readonly seldom: readonly FaultName[];
  /** What the storms must have led to, or they proved nothing about it. */
  readonly met: readonly FactKind[];
};

/** A run's storms of one desk: each twice with one hash, every invariant, and everything that can happen to happen. */
export function expectStormsToHold({ desk, from = 0, storms, crashes, faults: least, seldom, met }: Expected): void {
  const to = from + Number(asked ?? storms);
  const fired: Record<string, number> = {};
  const facts: Record<string, number> = {};
  let died = 0;
  for (let first = from; first < to; first += batch) {
    const last = Math.min(first + batch, to) - 1;
    it(`holds in the storms ${first} to ${last} of ${desk}, each the same when it comes again`, () => {
      for (let seed = first; seed <= last; seed++) {
        const { breaches, hash, faults, facts: said, deaths } = stormOf[desk](String(seed));
        expect(breaches, `countersign sim storm --desk ${desk} --seed ${seed}`).toEqual([]);
        expect(stormOf[desk](String(seed)).hash, `storm ${seed}, run again`).toBe(hash);
        died += deaths.length;
        for (const name of faultNames) fired[name] = (fired[name] ?? 0) + faults[name];
        for (const [kind, count] of Object.entries(said)) facts[kind] = (facts[kind] ?? 0) + count;
      }
    }, 120_000);
  }

  it("met every fault often enough to say so, crashes, and what they lead to", () => {
    const rare = faultNames.filter((name) => !seldom.includes(name) && (fired[name] ?? 0) < least);
    expect(rare, JSON.stringify(fired)).toEqual([]);
    expect(died).toBeGreaterThan(crashes);
    expect(met.filter((kind) => (facts[kind] ?? 0) === 0)).toEqual([]);
  });
}

/** What faults of any venue lead to. */
export const usual = ["order_found", "order_absent", "fill_busted", "latched", "execution_repeated"] as const satisfies readonly FactKind[];
