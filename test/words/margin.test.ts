import { Decimal as Decimals } from "decimal.js";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  crossCollateral,
  fundingPayment,
  initialMargin,
  liquidationPrice,
  maintenanceMargin,
  type Backed,
} from "../../src/words/margin.ts";
import { absolute, minus, money, moneyOfUnits, negate, notional, plus, type Money } from "../../src/words/money.ts";
import { price, priceOfUnits, type Price } from "../../src/words/price.ts";
import { magnitude, quantity, quantityOfUnits } from "../../src/words/quantity.ts";
import { rate, rateOfUnits } from "../../src/words/rate.ts";

const seed = 20261121;
const Decimal = Decimals.clone({ precision: 60 });

describe("initialMargin", () => {
  it.each`
    notional  | leverage | expected              | because
    ${"1000"} | ${10}    | ${"100"}              | ${"ten times leverage sets a tenth aside"}
    ${"1000"} | ${3}     | ${"333.333333333334"} | ${"it rounds up, never down"}
    ${"1000"} | ${2.5}   | ${"400"}              | ${"leverage may have decimals"}
    ${"1000"} | ${1}     | ${"1000"}             | ${"without leverage all of it is set aside"}
  `(
    "of $notional at $leverage is $expected because $because",
    ({ notional, leverage, expected }: { notional: string; leverage: number; expected: string }) => {
      expect(initialMargin(money(notional), leverage)).toBe(money(expected));
    },
  );

  it.each([0, 0.5, -3, Number.NaN, Number.POSITIVE_INFINITY])("refuses a leverage of %d", (leverage) => {
    expect(() => initialMargin(money("1"), leverage)).toThrow("leverage");
  });
});

describe("maintenanceMargin", () => {
  it("is notional times the rate, rounded up", () => {
    expect(maintenanceMargin(money("5000"), rate("0.004"))).toBe(money("20"));
    expect(maintenanceMargin(moneyOfUnits(1n), rate("0.004"))).toBe(moneyOfUnits(1n));
  });
});

describe("fundingPayment", () => {
  it.each`
    signed  | rate         | expected   | because
    ${"2"}  | ${"0.0001"}  | ${"-0.02"} | ${"a long pays when the rate is positive"}
    ${"-2"} | ${"0.0001"}  | ${"0.02"}  | ${"a short receives what longs pay"}
    ${"2"}  | ${"-0.0001"} | ${"0.02"}  | ${"a negative rate turns it round"}
    ${"0"}  | ${"0.0001"}  | ${"0"}     | ${"flat pays nothing"}
  `("of $signed at $rate is $expected because $because", ({ signed, rate: of, expected }: Record<string, string>) => {
    expect(fundingPayment(price("100"), quantity(signed!), quantity("1"), rate(of!))).toBe(money(expected!));
  });
});

type Row = Parameters<typeof backed>[0] & { expected: string | undefined };

const backed = (of: { signed: string; entry: string; collateral: string; rate?: string; tick?: string; multiplier?: string }): Backed => {
  const multiplier = quantity(of.multiplier ?? "1");
  const signed = quantity(of.signed);
  return {
    quantity: signed,
    cost: notional(price(of.entry), magnitude(signed), multiplier, "half_even"),
    collateral: money(of.collateral),
    maintenanceMarginRate: rate(of.rate ?? "0.005"),
    multiplier,
    tick: price(of.tick ?? "0.1"),
  };
};

/** Equity behind the position minus what it must keep; below zero is liquidated. */
const slack = (of: Backed, at: Price): Money => {
  const value = notional(at, of.quantity, of.multiplier, "half_even");
  const unrealised = minus(value, of.quantity > 0n ? of.cost : negate(of.cost));
  const maintenance = maintenanceMargin(absolute(value), of.maintenanceMarginRate);
  return minus(plus(of.collateral, unrealised), maintenance);
};

const decimal = (units: bigint): Decimals => new Decimal(units.toString()).div("1e12");

describe("liquidationPrice", () => {
  it.each`
    signed  | entry    | collateral | rate       | expected     | because
    ${"1"}  | ${"100"} | ${"10"}    | ${"0"}     | ${"90"}      | ${"without maintenance the margin is what may be lost"}
    ${"-1"} | ${"100"} | ${"10"}    | ${"0"}     | ${"110"}     | ${"a short loses upward"}
    ${"1"}  | ${"100"} | ${"10"}    | ${"0.005"} | ${"90.5"}    | ${"90 / 0.995 = 90.452 rounds up to the tick for a long"}
    ${"-1"} | ${"100"} | ${"10"}    | ${"0.005"} | ${"109.4"}   | ${"110 / 1.005 = 109.453 rounds down for a short"}
    ${"1"}  | ${"100"} | ${"100"}   | ${"0.005"} | ${undefined} | ${"a fully paid long has nothing to liquidate"}
    ${"1"}  | ${"100"} | ${"250"}   | ${"0.005"} | ${undefined} | ${"more than fully paid, neither"}
    ${"1"}  | ${"100"} | ${"-20"}   | ${"0"}     | ${"120"}     | ${"a debt behind a long asks for a price above its entry"}
    ${"-1"} | ${"100"} | ${"-100"}  | ${"0.005"} | ${"0"}       | ${"a debt as large as the short leaves no price at which it stands"}
  `("is $expected because $because", (row: Row) => {
    expect(liquidationPrice(backed(row))).toBe(row.expected === undefined ? undefined : price(row.expected));
  });

  it("counts the other positions' results and maintenance in cross mode", () => {
    const collateral = crossCollateral(money("1000"), money("-50"), money("30"));
    expect(collateral).toBe(money("920"));
    // (2000 − 920) / (2 × 0.99) = 545.45…
    const of = { ...backed({ signed: "2", entry: "1000", collateral: "0", rate: "0.01" }), collateral };
    expect(liquidationPrice(of)).toBe(price("545.5"));
  });

  const anyBacked: fc.Arbitrary<Backed> = fc
    .record({
      quantity: fc.bigInt({ min: -(10n ** 7n), max: 10n ** 7n }).filter((lots) => lots !== 0n),
      entryTicks: fc.bigInt({ min: 1n, max: 10n ** 7n }),
      share: fc.integer({ min: -30, max: 130 }),
      jitter: fc.bigInt({ min: -(10n ** 9n), max: 10n ** 9n }),
      rate: fc.bigInt({ min: 0n, max: 500n }),
      tick: fc.constantFrom("0.1", "0.01", "0.0001", "0.5"),
      multiplier: fc.constantFrom("1", "100", "0.01"),
    })
    .map((of) => {
      const tick = price(of.tick);
      const multiplier = quantity(of.multiplier);
      const signed = quantityOfUnits(of.quantity * quantity("0.001"));
      const cost = notional(priceOfUnits(of.entryTicks * tick), magnitude(signed), multiplier, "half_even");
      const collateral = moneyOfUnits((cost * BigInt(of.share)) / 100n + of.jitter);
      return { quantity: signed, cost, collateral, maintenanceMarginRate: rateOfUnits(of.rate * 10n ** 9n), multiplier, tick };
    });

  it("stands at its liquidation price and not one tick further, by the same maintenance formula", () => {
    fc.assert(
      fc.property(anyBacked, (of) => {
        const at = liquidationPrice(of);
        if (at === undefined) {
          expect(of.quantity > 0n).toBe(true);
          expect(slack(of, of.tick) >= 0n).toBe(true);
          return;
        }
        const long = of.quantity > 0n;
        expect(at % of.tick).toBe(0n);
        expect(at >= 0n).toBe(true);
        if (long || at > 0n) expect(slack(of, at) >= 0n, "it stands at the price").toBe(true);
        expect(slack(of, priceOfUnits(long ? at - of.tick : at + of.tick)) < 0n, "one tick further it does not").toBe(true);
      }),
      { seed, numRuns: 3000 },
    );
  });

  it("is the venue's own formula, (WB − TMM + UPNL − side × position × entry) / (position × rate − side × position), before the tick", () => {
    fc.assert(
      fc.property(anyBacked, (of) => {
        const side = of.quantity > 0n ? 1 : -1;
        const position = decimal(magnitude(of.quantity)).times(decimal(of.multiplier));
        const entry = decimal(of.cost).div(position);
        const venue = decimal(of.collateral)
          .minus(position.times(entry).times(side))
          .div(position.times(decimal(of.maintenanceMarginRate)).minus(position.times(side)));
        const tick = decimal(of.tick);
        const at = liquidationPrice(of);
        if (at === undefined) expect(venue.lte("1e-40")).toBe(true);
        else if (at > 0n) expect(decimal(at).minus(venue).times(side).div(tick).plus("1e-30").floor().toNumber()).toBe(0);
      }),
      { seed, numRuns: 1000 },
    );
  });

  it("is met from both sides: some are undefined, some are prices, for longs and shorts", () => {
    const sample = fc.sample(anyBacked, { seed, numRuns: 500 });
    const kinds = new Set(
      sample.map((of) => `${of.quantity > 0n ? "long" : "short"} ${liquidationPrice(of) === undefined ? "none" : "at"}`),
    );
    expect([...kinds].sort()).toEqual(["long at", "long none", "short at"]);
  });
});
