import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { correlationOf, orderIdOf, type Leg } from "../../../src/flow/orders/order-id.ts";
import { intentId } from "../../../src/words/ids.ts";

fc.configureGlobal({ seed: 20261121 });

const legs: readonly Leg[] = ["entry", "close", "stop", "target"];
const seed = fc.stringMatching(/^[0-9a-f]{4}$/);
const named = fc.record({
  seed,
  /** Ten years of a wake a minute. */
  wake: fc.nat({ max: 5_256_000 }),
  n: fc.nat({ max: 9 }),
  attempt: fc.option(fc.nat({ max: 99 }), { nil: undefined }),
  leg: fc.constantFrom(...legs),
  epoch: fc.nat({ max: 9999 }),
});
const idOf = ({ seed: of, wake, n, attempt, leg, epoch }: typeof named extends fc.Arbitrary<infer Value> ? Value : never) =>
  orderIdOf(intentId(`${correlationOf(of, wake)}.${n}${attempt === undefined ? "" : `.x${attempt}`}`), leg, epoch);

describe("an order's id", () => {
  it.each`
    wake       | n    | leg         | epoch | id                   | because
    ${1}       | ${0} | ${"entry"}  | ${0}  | ${"ab12-0001.0.e0"}  | ${"the first wake's first intent enters"}
    ${1}       | ${0} | ${"stop"}   | ${0}  | ${"ab12-0001.0.s0"}  | ${"its stop is another order"}
    ${1}       | ${0} | ${"stop"}   | ${1}  | ${"ab12-0001.0.s1"}  | ${"a replaced stop is a new one"}
    ${36}      | ${2} | ${"target"} | ${0}  | ${"ab12-0010.2.t0"}  | ${"wakes count in base 36"}
    ${1679616} | ${0} | ${"close"}  | ${0}  | ${"ab12-10000.0.c0"} | ${"a long run only lengthens it"}
  `("is $id because $because", ({ wake, n, leg, epoch, id }) => {
    expect(orderIdOf(intentId(`${correlationOf("ab12", wake)}.${n}`), leg, epoch)).toBe(id);
  });

  it("is the same for the same order, short enough for venues, of their letters, and begins with its decision (LINE-3)", () => {
    fc.assert(
      fc.property(named, (of) => {
        const id = idOf(of);
        expect(idOf({ ...of })).toBe(id);
        expect(id.length).toBeLessThanOrEqual(36);
        expect(id).toMatch(/^[.A-Z:/a-z0-9_-]+$/);
        expect(id.startsWith(`${correlationOf(of.seed, of.wake)}.`)).toBe(true);
      }),
    );
  });

  it("is another one for another leg, epoch, intent, attempt, wake or run", () => {
    fc.assert(
      fc.property(fc.uniqueArray(named, { minLength: 2, maxLength: 40, selector: (of) => JSON.stringify(of) }), (all) => {
        expect(new Set(all.map(idOf)).size).toBe(all.length);
      }),
    );
  });
});
