import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { WrongClock } from "../../../src/sim/faults/wrong-clock.ts";

const minute = 60_000;

describe("a venue's clock that is set wrong (C1)", () => {
  it.each<[what: string, offsMs: readonly number[], atMs: number, saidMs: number, because: string]>([
    ["never set", [], minute, minute, "it is the true time"],
    ["at the instant of its setting", [500], 0, 0, "what was said of an instant stays said"],
    ["ahead", [500], 1, 501, "it is from the next millisecond on"],
    ["behind", [-500], 100, 50, "it goes half as fast until the time has caught up with it"],
    ["behind, later", [-500], 1_000, 500, "by then it has"],
    ["right again", [500, 0], 2_000, 2_000, "the same way back"],
  ])("%s says %s at %s: %s", (_what, offsMs, atMs, saidMs) => {
    const clock = new WrongClock();
    for (const offMs of offsMs) clock.set(0, offMs);
    expect(clock.at(atMs)).toBe(saidMs);
  });

  it("never goes back, never takes back what it said, and says nothing earlier than it is asked to search from", () => {
    const steps = fc.array(fc.record({ ms: fc.nat(10 * minute), offMs: fc.option(fc.integer({ min: -minute, max: minute })) }), {
      maxLength: 40,
    });
    fc.assert(
      fc.property(steps, (list) => {
        const clock = new WrongClock();
        const said = new Map<number, number>();
        let nowMs = 0;
        for (const { ms, offMs } of list) {
          nowMs += ms;
          if (offMs !== null) clock.set(nowMs, offMs);
          said.set(nowMs, clock.at(nowMs));
        }
        let before = -Infinity;
        for (const [ms, then] of said) {
          expect(clock.at(ms)).toBe(then);
          expect(then).toBeGreaterThanOrEqual(before);
          expect(clock.earliest(then)).toBeLessThanOrEqual(ms);
          before = then;
        }
      }),
      { seed: 20_261_122 },
    );
  });
});
