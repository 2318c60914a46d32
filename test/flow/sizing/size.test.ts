import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { size, tooSmall } from "../../../src/flow/sizing/size.ts";
import { formatExact } from "../../../src/words/exact.ts";
import { money, notional } from "../../../src/words/money.ts";
import { price } from "../../../src/words/price.ts";
import { quantity } from "../../../src/words/quantity.ts";
import { aPerpetual } from "../context/some-context.ts";
import { aCandidate, aPassed, anIntent } from "./a-passed.ts";

fc.configureGlobal({ seed: 20261121 });

describe("sizing an allocation", () => {
  it.each`
    wanted     | allowed  | most        | at        | answer                      | because
    ${"200"}   | ${"200"} | ${"2"}      | ${"100"}  | ${"2"}                      | ${"200 buys two at 100"}
    ${"200"}   | ${"150"} | ${"2"}      | ${"100"}  | ${"1.5"}                    | ${"the rails allow 150"}
    ${"100"}   | ${"200"} | ${"2"}      | ${"100"}  | ${"1"}                      | ${"no more than was wanted"}
    ${"500"}   | ${"500"} | ${"2"}      | ${"100"}  | ${"2"}                      | ${"no more than the rails looked at"}
    ${"100"}   | ${"100"} | ${"2"}      | ${"99.9"} | ${"1.001"}                  | ${"1.001001 rounds down to a lot"}
    ${"99.99"} | ${"200"} | ${"2"}      | ${"100"}  | ${"0.999"}                  | ${"rounding up would cost a cent more than there is"}
    ${"200"}   | ${"200"} | ${"1.0005"} | ${"100"}  | ${"1"}                      | ${"a maximum between lots rounds down too"}
    ${"5"}     | ${"200"} | ${"2"}      | ${"100"}  | ${"0.05"}                   | ${"exactly the smallest notional"}
    ${"4.99"}  | ${"200"} | ${"2"}      | ${"100"}  | ${"below_minimum_notional"} | ${"a cent below it"}
    ${"0.9"}   | ${"200"} | ${"2"}      | ${"1000"} | ${"no_room"}                | ${"less than a lot"}
    ${"200"}   | ${"0"}   | ${"2"}      | ${"100"}  | ${"no_room"}                | ${"the rails left nothing"}
  `("$wanted of $allowed, at most $most at $at, is $answer: $because", ({ wanted, allowed, most, at, answer }) => {
    const sized = size(
      aPassed(aCandidate({ quantity: quantity(most), price: price(at) }), money(allowed)),
      anIntent({ by: "notional", notional: money(wanted) }),
    );
    expect(tooSmall(sized) ? sized.why : formatExact(sized.quantity)).toBe(answer);
    expect(sized.method).toBe("allocation");
  });

  it("keeps the numbers that it went by", () => {
    const sized = size(aPassed(aCandidate({ price: price("99.9") }), money("150")), anIntent({ by: "notional", notional: money("200") }));
    expect(tooSmall(sized)).toBe(false);
    expect(sized).toMatchObject({
      quantity: quantity("1.501"),
      notional: money("149.9499"),
      arithmetic: { wanted: "200", allowed: "150", price: "99.9", unrounded: "1.501501501501", lot: "0.001" },
    });
  });

  it("refuses an entry below the venue's smallest quantity", () => {
    const instrument = aPerpetual({ minQuantity: quantity("0.5") });
    const sized = size(aPassed(aCandidate({ instrument })), anIntent({ by: "notional", notional: money("49") }));
    expect(sized).toEqual({ method: "allocation", why: "below_minimum_quantity" });
  });
});

describe("sizing an exact quantity", () => {
  const closing = { side: "sell", purpose: "close", reduceOnly: true } as const;
  it.each`
    held        | allowed      | answer       | because
    ${"2"}      | ${undefined} | ${"2"}       | ${"a close is the whole position"}
    ${"0.001"}  | ${undefined} | ${"0.001"}   | ${"the last lot goes, whatever the smallest notional"}
    ${"1.0005"} | ${undefined} | ${"1"}       | ${"what is not a lot cannot be sold"}
    ${"0.0005"} | ${undefined} | ${"no_room"} | ${"nothing is left that could be sold"}
    ${"2"}      | ${"100"}     | ${"1"}       | ${"what the rails trimmed stays trimmed"}
  `("$held is $answer: $because", ({ held, allowed, answer }) => {
    const candidate = aCandidate({ ...closing, quantity: quantity(held) });
    const passed = allowed === undefined ? aPassed(candidate) : aPassed(candidate, money(allowed));
    const sized = size(passed, anIntent({ by: "quantity", quantity: quantity(held) }, { aim: "close", side: "sell" }));
    expect(tooSmall(sized) ? sized.why : formatExact(sized.quantity)).toBe(answer);
    expect(sized.method).toBe("exact_quantity");
  });
});

it("never exceeds what was wanted, what the rails allow or what they looked at, and is whole lots", () => {
  const cents = fc.integer({ min: 0, max: 100_000_000 }).map((n) => (n / 100).toFixed(2));
  const scene = fc.record({
    wanted: cents,
    allowed: cents,
    most: fc.integer({ min: 1, max: 10_000_000 }).map((n) => (n / 10_000).toFixed(4)),
    at: fc.integer({ min: 1, max: 1_000_000 }).map((n) => (n / 10).toFixed(1)),
    lot: fc.constantFrom("0.001", "0.05", "1"),
    reduceOnly: fc.boolean(),
    exact: fc.boolean(),
  });
  fc.assert(
    fc.property(scene, ({ wanted, allowed, most, at, lot, reduceOnly, exact }) => {
      const instrument = aPerpetual({ lot: quantity(lot), minQuantity: quantity(lot) });
      const candidate = aCandidate({ instrument, quantity: quantity(most), price: price(at), reduceOnly });
      const intent = anIntent(exact ? { by: "quantity", quantity: quantity(most) } : { by: "notional", notional: money(wanted) });
      const sized = size(aPassed(candidate, money(allowed)), intent);
      if (tooSmall(sized)) return;
      expect(sized.quantity).toBeGreaterThan(0n);
      expect(sized.quantity).toBeLessThanOrEqual(candidate.quantity);
      expect(sized.quantity % instrument.lot).toBe(0n);
      const worth = notional(candidate.price, sized.quantity, instrument.multiplier, "up");
      expect(sized.notional).toBe(worth);
      expect(worth).toBeLessThanOrEqual(money(allowed));
      if (!exact) expect(worth).toBeLessThanOrEqual(money(wanted));
      if (!reduceOnly) expect(worth).toBeGreaterThanOrEqual(instrument.minNotional);
    }),
  );
});
