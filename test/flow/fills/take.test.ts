import { describe, expect, it } from "vitest";
import type { Fill } from "../../../src/flow/fills/fill.ts";
import { take } from "../../../src/flow/fills/take.ts";
import { clientOrderIdOf, executionId, instrumentId } from "../../../src/words/ids.ts";
import { instantOfMs } from "../../../src/words/instant.ts";
import { zeroMoney } from "../../../src/words/money.ts";
import { price } from "../../../src/words/price.ts";
import { quantity } from "../../../src/words/quantity.ts";

const aFill = (execution: string, order?: string, reason: Fill["reason"] = "order"): Fill => ({
  execution: executionId(execution),
  ...(order === undefined ? {} : { order: clientOrderIdOf(order) }),
  instrument: instrumentId("BTCUSDT.PERP"),
  side: "buy",
  quantity: quantity("1"),
  price: price("100"),
  fee: zeroMoney,
  liquidity: "taker",
  reason,
  at: instantOfMs(0),
});
const takes = (fill: Fill): string =>
  take(
    fill,
    (execution) => execution === "booked",
    (order) => order === "ours",
  );

describe("taking a venue's execution", () => {
  it.each`
    execution   | order        | reason           | taken         | because
    ${"fresh"}  | ${"ours"}    | ${"order"}       | ${"new"}      | ${"an order of ours filled"}
    ${"booked"} | ${"ours"}    | ${"order"}       | ${"repeated"} | ${"the same execution came before"}
    ${"booked"} | ${"theirs"}  | ${"order"}       | ${"repeated"} | ${"a repeat is a repeat, whoever's it is"}
    ${"booked"} | ${undefined} | ${"liquidation"} | ${"repeated"} | ${"a liquidation is not booked twice either"}
    ${"fresh"}  | ${"theirs"}  | ${"order"}       | ${"external"} | ${"we never planned that order"}
    ${"fresh"}  | ${undefined} | ${"order"}       | ${"external"} | ${"an order without our id is not ours"}
    ${"fresh"}  | ${undefined} | ${"liquidation"} | ${"new"}      | ${"the venue took our own position"}
  `("is $taken because $because", ({ execution, order, reason, taken }) => {
    expect(takes(aFill(execution, order, reason))).toBe(taken);
  });

  it("knows two executions of the same price, size and instant apart (B4)", () => {
    expect(takes(aFill("booked", "ours"))).toBe("repeated");
    expect(takes(aFill("booked-too", "ours"))).toBe("new");
  });
});
