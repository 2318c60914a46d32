import { expect, it } from "vitest";
import type { StormResult } from "../../../src/lab/storm/storm-result.ts";
import { Storm } from "../../../src/lab/storm/storm.ts";
import { faultNames } from "../../../src/sim/faults/fault-names.ts";
import { stormPlan } from "./a-storm-plan.ts";

const each = Number(process.env["COUNTERSIGN_STORMS"] ?? 250);
const batch = 25;

export const weather = (seed: number): StormResult => new Storm(String(seed), stormPlan).run();

/** A run's storms from this seed on: each twice, and everything that can happen to happen. `COUNTERSIGN_STORMS` asks for more. */
export function expectStormsToHold(from: number): void {
  const fired = Object.fromEntries(faultNames.map((name) => [name, 0]));
  const facts: Record<string, number> = {};
  let crashes = 0;
  for (let first = from; first < from + each; first += batch)
    it(`holds in the storms ${first} to ${first + batch - 1}, each the same when it comes again`, () => {
      for (let seed = first; seed < first + batch; seed++) {
        const { breaches, hash, faults, facts: said, deaths } = weather(seed);
        expect(breaches, `countersign sim storm --seed ${seed}`).toEqual([]);
        expect(weather(seed).hash, `storm ${seed}, run again`).toBe(hash);
        crashes += deaths.length;
        for (const name of faultNames) fired[name] = (fired[name] ?? 0) + faults[name];
        for (const [kind, count] of Object.entries(said)) facts[kind] = (facts[kind] ?? 0) + count;
      }
    }, 120_000);

  it("met every fault often enough to say so, crashes, and what they lead to", () => {
    // A split is of shares, and these markets are perpetuals.
    const rare = faultNames.filter((name) => name !== "split" && (fired[name] ?? 0) < 10);
    expect(rare, JSON.stringify(fired)).toEqual([]);
    expect(crashes).toBeGreaterThan(100);
    const never = ["order_found", "order_absent", "fill_busted", "latched", "order_rejected", "execution_repeated", "payment_repeated"];
    expect(never.filter((kind) => (facts[kind] ?? 0) === 0)).toEqual([]);
  });
}
