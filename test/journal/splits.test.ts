import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Fill } from "../../src/flow/fills/fill.ts";
import { Ledger } from "../../src/flow/ledger/ledger.ts";
import { Splits } from "../../src/journal/splits.ts";
import { clientOrderIdOf, executionId } from "../../src/words/ids.ts";
import { instantOfMs } from "../../src/words/instant.ts";
import { money } from "../../src/words/money.ts";
import { price, priceOfTicks } from "../../src/words/price.ts";
import { quantity } from "../../src/words/quantity.ts";
import { anEquity } from "../flow/rails/a-scene.ts";

const share = anEquity();
const splitMs = 1_000_000;
const ratios = [
  [1, 2],
  [2, 3],
  [10, 1],
  [100, 1],
] as const;

const fillOf = (of: Partial<Fill>): Fill => ({
  execution: executionId("x"),
  instrument: share.id,
  side: "buy",
  quantity: quantity("200"),
  price: price("30.01"),
  fee: money("0.1"),
  liquidity: "taker",
  reason: "order",
  at: instantOfMs(splitMs - 1),
  ...of,
});

const splitInto = (splits: Splits, from: number, into: number): void =>
  splits.book({ kind: "shares_split", instrument: share.id, from, into }, instantOfMs(splitMs));

describe("executions that are told after a split", () => {
  it.each`
    case                                       | of                                                             | counted  | because
    ${"before the split"}                      | ${{}}                                                          | ${"300"} | ${"it is of old shares"}
    ${"in the split's own millisecond"}        | ${{ at: instantOfMs(splitMs) }}                                | ${"300"} | ${"fractions are paid out in it, before it"}
    ${"after the split"}                       | ${{ at: instantOfMs(splitMs + 1) }}                            | ${"200"} | ${"the venue traded new shares"}
    ${"of an order planned before it"}         | ${{ order: clientOrderIdOf("old") }}                           | ${"300"} | ${"the order was of old shares"}
    ${"of an order planned after it, at once"} | ${{ order: clientOrderIdOf("new"), at: instantOfMs(splitMs) }} | ${"200"} | ${"clocks have ties and orders have not"}
  `("$case count as $counted: $because", ({ of, counted }: { of: Partial<Fill>; counted: string }) => {
    const splits = new Splits();
    splits.planned({ id: clientOrderIdOf("old"), instrument: share.id });
    splitInto(splits, 2, 3);
    splits.planned({ id: clientOrderIdOf("new"), instrument: share.id });
    expect(splits.inNewShares({ kind: "filled", fill: fillOf(of) }, share).fill.quantity).toBe(quantity(counted));
  });

  it("leave the same shares and the same cash as though each had been told in time (I2)", () => {
    const fills = fc.array(
      fc.record({
        side: fc.constantFrom("buy" as const, "sell" as const),
        hundreds: fc.integer({ min: 1, max: 9 }),
        ticks: fc.integer({ min: 100, max: 9_999 }),
        late: fc.boolean(),
      }),
      { maxLength: 8 },
    );
    fc.assert(
      fc.property(fills, fc.constantFrom(...ratios), (drawn, [from, into]) => {
        const told = drawn.map(({ side, hundreds, ticks, late }, at) => ({
          late,
          fill: fillOf({
            execution: executionId(`x${at}`),
            side,
            quantity: quantity(String(hundreds * 100)),
            price: priceOfTicks(ticks, share.tick),
            at: instantOfMs(at),
          }),
        }));
        const booksAfter = (isLate: (late: boolean) => boolean): readonly [bigint | undefined, bigint] => {
          const ledger = new Ledger({ instruments: () => share, costMethod: "average" });
          const splits = new Splits();
          const book = ({ fill }: { readonly fill: Fill }): void => void ledger.post(splits.inNewShares({ kind: "filled", fill }, share));
          for (const each of told) if (!isLate(each.late)) book(each);
          ledger.post({ kind: "shares_split", instrument: share.id, from, into, at: instantOfMs(splitMs) });
          splitInto(splits, from, into);
          for (const each of told) if (isLate(each.late)) book(each);
          return [ledger.position(share.id)?.quantity, ledger.cash];
        };
        expect(booksAfter((late) => late)).toEqual(booksAfter(() => false));
      }),
      { seed: 5 },
    );
  });
});
