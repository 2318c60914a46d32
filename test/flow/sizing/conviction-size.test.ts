import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { convictionSize } from "../../../src/flow/sizing/conviction-size.ts";
import { money, moneyOfUnits } from "../../../src/words/money.ts";

const sizes = { onePct: 15, twoPct: 30 };

describe("size from conviction (COUN-7)", () => {
  it.each`
    equity      | conviction | expected   | because
    ${"100000"} | ${1}       | ${"15000"} | ${"one is 15%"}
    ${"100000"} | ${-1}      | ${"15000"} | ${"a short of one is as large"}
    ${"100000"} | ${2}       | ${"30000"} | ${"two is 30%"}
    ${"100000"} | ${99}      | ${"30000"} | ${"there is no more than two"}
    ${"100000"} | ${1.9}     | ${"15000"} | ${"a part of a conviction is none"}
    ${"100000"} | ${0}       | ${"0"}     | ${"none is nothing"}
    ${"-5"}     | ${2}       | ${"0"}     | ${"an account that is gone trades nothing"}
  `("is $expected for $conviction of $equity because $because", ({ equity, conviction, expected }) =>
    expect(convictionSize(money(equity), conviction, sizes)).toBe(money(expected)),
  );
  it("is never more than the larger share of equity", () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 10n ** 22n }), fc.double({ noNaN: true, noDefaultInfinity: true }), (equity, conviction) => {
        expect(convictionSize(moneyOfUnits(equity), conviction, sizes) * 10n <= equity * 3n).toBe(true);
      }),
      { seed: 6, numRuns: 200 },
    );
  });
});
