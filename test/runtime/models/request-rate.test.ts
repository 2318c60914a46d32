import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { RequestRate } from "../../../src/runtime/models/request-rate.ts";

describe("calls in any 60 seconds", () => {
  it("are never more than the limit, whoever waits or gives a place back, and an account has its own", () => {
    const call = fc.record({
      waitMs: fc.integer({ min: 0, max: 20_000 }),
      account: fc.constantFrom("a", "b"),
      fate: fc.constantFrom("goes", "goes", "gives_back"),
    });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5 }), fc.array(call, { maxLength: 60 }), (most, calls) => {
        const rate = new RequestRate(most);
        const left: Record<string, number[]> = { a: [], b: [] };
        let now = 0;
        // As the wire does it: a call knows that it does not leave once its turn has come.
        let given: { account: string; at: number }[] = [];
        for (const { waitMs, account, fate } of calls) {
          now += waitMs;
          for (const back of given.filter((each) => each.at <= now)) rate.giveBack(back.account, back.at);
          given = given.filter((each) => each.at > now);
          const at = rate.freeAt(account, now);
          expect(at).toBeGreaterThanOrEqual(now);
          rate.take(account, at);
          if (fate === "goes") left[account]?.push(at);
          else given.push({ account, at });
        }
        for (const times of Object.values(left))
          for (const at of times) expect(times.filter((other) => other > at - 60_000 && other <= at).length).toBeLessThanOrEqual(most);
      }),
      { seed: 20261121, numRuns: 2_000 },
    );
  });

  it("are not held back for nothing", () => {
    const rate = new RequestRate(2);
    for (const now of [0, 10]) {
      expect(rate.freeAt("a", now)).toBe(now);
      rate.take("a", now);
    }
    expect(rate.freeAt("a", 20)).toBe(60_000);
    expect(rate.freeAt("b", 20)).toBe(20);
    rate.giveBack("a", 10);
    expect(rate.freeAt("a", 20)).toBe(20);
  });
});
