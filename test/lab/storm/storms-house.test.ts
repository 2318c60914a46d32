import { describe, expect, it } from "vitest";
import { stormDesks } from "../../../src/bin/storm-plan.ts";
import type { Fact } from "../../../src/journal/fact.ts";
import { houseStormOf } from "./a-storm-plan.ts";

const storms = Number(process.env["COUNTERSIGN_STORMS"] ?? 20);

/** What the group's rails made of an entry that they did not let pass as it was. */
function* saidByGroup(fact: Fact): Generator<string> {
  if (fact.kind === "order_withheld" && fact.refusal.rail.startsWith("group_")) yield "refused";
  if (fact.kind !== "refused" && fact.kind !== "passed") return;
  for (const { rail, outcome } of fact.verdicts) if (outcome !== "passed" && rail.startsWith("group_")) yield outcome;
}

describe("storms over a house: a desk of each kind in one process, under one budget (LINE-6, PERP-6)", () => {
  const met: Record<string, number> = {};
  const count = (what: string, by = 1): void => void (met[what] = (met[what] ?? 0) + by);

  it(`holds in ${storms} storms, for each account and for the group (I21), each the same when it comes again`, () => {
    for (let seed = 0; seed < storms; seed++) {
      const { members, breaches, deaths } = houseStormOf(String(seed));
      const hashes = [...members.values()].map(({ hash }) => hash);
      expect(breaches, `the house's storm ${seed}`).toEqual([]);
      for (const [desk, result] of members) {
        expect(result.breaches, `${desk} in the house's storm ${seed}`).toEqual([]);
        expect(result.deaths.length, `${desk} dies with all others in storm ${seed}`).toBe(deaths);
        count(`orders of ${desk}`, result.ordersSent);
        for (const { fact } of result.entries) {
          for (const outcome of saidByGroup(fact)) count(outcome);
          if (fact.kind === "group_seen") count("group seen");
        }
      }
      count("deaths", deaths);
      const again = [...houseStormOf(String(seed)).members.values()].map(({ hash }) => hash);
      expect(again, `the house's storm ${seed}, run again`).toEqual(hashes);
    }
  }, 120_000);

  it("met crashes, orders of each desk, and a budget that ran out", () => {
    for (const desk of stormDesks) expect(met[`orders of ${desk}`] ?? 0, desk).toBeGreaterThan(10);
    expect(met["deaths"]).toBeGreaterThan(50);
    expect(met["group seen"]).toBeGreaterThan(100);
    expect(met["refused"], "refused by the group's rails").toBeGreaterThan(10);
    expect(met["trimmed"], "trimmed by the group's rails").toBeGreaterThan(10);
  });
});
