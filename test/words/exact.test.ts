import { Decimal as Decimals } from "decimal.js";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  approximately,
  decimalsOf,
  divideExact,
  divideUnits,
  exactDecimals,
  formatExact,
  multiplyExact,
  parseExact,
  roundToStep,
  type Rounding,
} from "../../src/words/exact.ts";
import { checkInstrument, type SpotCrypto } from "../../src/words/instrument.ts";
import { instrumentId } from "../../src/words/ids.ts";
import { money, moneyOfUnits, notional, over, parseMoney, proportion, timesRate } from "../../src/words/money.ts";
import { averagePrice, parsePrice, price, priceOfTicks, priceOfUnits, priceTimes, ticksOfPrice, toTick } from "../../src/words/price.ts";
import {
  lotsOfQuantity,
  parseQuantity,
  quantity,
  quantityFor,
  quantityOfLots,
  quantityOfUnits,
  shareOf,
  toLot,
} from "../../src/words/quantity.ts";
import { bps, oneMinus, onePlus, parseRate, rate, rateOfUnits, ratio } from "../../src/words/rate.ts";

const seed = 20261121;
const runs = { seed, numRuns: 1000 };
const Decimal = Decimals.clone({ precision: 250, toExpNeg: -500, toExpPos: 500 });
const roundings = ["down", "up", "zero", "half_even"] as const satisfies readonly Rounding[];
const modeOf = { down: 3, up: 2, zero: 1, half_even: 6 } as const satisfies Record<Rounding, Decimals.Rounding>;

const scale = new Decimal(10).pow(exactDecimals);
const decimalOf = (units: bigint): Decimals => new Decimal(units.toString()).div(scale);
const unitsOf = (value: Decimals, rounding: Rounding): bigint => BigInt(value.times(scale).toDecimalPlaces(0, modeOf[rounding]).toFixed());

const roundingOf = fc.constantFrom(...roundings);
/** Small, huge and round numbers alike, so that ties and exact results are met often. */
const units = fc.oneof(
  fc.bigInt({ min: -1000n, max: 1000n }),
  fc.bigInt({ min: -1000n, max: 1000n }).map((whole) => whole * 500_000_000_000n),
  fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n }),
);
const divisors = units.filter((value) => value !== 0n);
const positive = divisors.map((value) => (value < 0n ? -value : value));

describe("parseExact", () => {
  it.each`
    text                          | expected                          | because
    ${"1"}                        | ${10n ** 12n}                     | ${"a unit is 10^-12"}
    ${"-0.5"}                     | ${-5n * 10n ** 11n}               | ${"the sign holds for the fraction too"}
    ${"+2."}                      | ${2n * 10n ** 12n}                | ${"a bare point is read as a whole number"}
    ${"0.000000000001"}           | ${1n}                             | ${"the twelfth decimal is the last"}
    ${"1.10000000000000000000"}   | ${11n * 10n ** 11n}               | ${"zeros past the twelfth decimal lose nothing"}
    ${"1e3"}                      | ${1000n * 10n ** 12n}             | ${"venues write large numbers with an exponent"}
    ${"-1.5E-7"}                  | ${-150_000n}                      | ${"venues write small numbers with an exponent"}
    ${"999999999999999999999999"} | ${(10n ** 24n - 1n) * 10n ** 12n} | ${"24 whole digits fit"}
    ${"-0"}                       | ${0n}                             | ${"there is one zero"}
  `("reads $text because $because", ({ text, expected }: { text: string; expected: bigint }) => {
    expect(parseExact(text)).toEqual({ ok: true, value: expected });
  });

  it.each`
    text                           | code              | because
    ${""}                          | ${"not_a_number"} | ${"an empty text is not zero"}
    ${" 1"}                        | ${"not_a_number"} | ${"spaces are not trimmed for a caller"}
    ${"1 "}                        | ${"not_a_number"} | ${"spaces are not trimmed for a caller"}
    ${"1\n"}                       | ${"not_a_number"} | ${"a line end is not part of a number"}
    ${"."}                         | ${"not_a_number"} | ${"a point alone says nothing"}
    ${".5"}                        | ${"not_a_number"} | ${"the whole part is written"}
    ${"NaN"}                       | ${"not_a_number"} | ${"NaN is not a number"}
    ${"Infinity"}                  | ${"not_a_number"} | ${"infinity is not an amount"}
    ${"-Infinity"}                 | ${"not_a_number"} | ${"infinity is not an amount"}
    ${"0x10"}                      | ${"not_a_number"} | ${"hexadecimal is not read"}
    ${"1n"}                        | ${"not_a_number"} | ${"a literal of ours is not a number of theirs"}
    ${"1,000"}                     | ${"not_a_number"} | ${"a comma is a thousand here and a point there"}
    ${"1_000"}                     | ${"not_a_number"} | ${"separators are for source code"}
    ${"--1"}                       | ${"not_a_number"} | ${"one sign is enough"}
    ${"1.2.3"}                     | ${"not_a_number"} | ${"one point is enough"}
    ${"١٢٣"}                       | ${"not_a_number"} | ${"Arabic-Indic digits are not read"}
    ${"１２"}                      | ${"not_a_number"} | ${"full-width digits are not read"}
    ${"−1"}                        | ${"not_a_number"} | ${"the typographic minus is not a sign"}
    ${"1e309"}                     | ${"not_a_number"} | ${"a double would have called it infinity"}
    ${"1e"}                        | ${"not_a_number"} | ${"an exponent has digits"}
    ${"0.0000000000001"}           | ${"too_precise"}  | ${"a digit below 10^-12 is refused, never dropped"}
    ${"1.5e-12"}                   | ${"too_precise"}  | ${"an exponent does not hide a digit below 10^-12"}
    ${"1e99"}                      | ${"too_large"}    | ${"24 whole digits are the most"}
    ${"1000000000000000000000000"} | ${"too_large"}    | ${"24 whole digits are the most"}
  `("calls $text $code because $because", ({ text, code }: { text: string; code: string }) => {
    expect(parseExact(text)).toMatchObject({ ok: false, error: { code } });
  });

  it("reads back what formatExact wrote, for every number that fits", () => {
    fc.assert(
      fc.property(units, (value) => {
        expect(parseExact(formatExact(value))).toEqual({ ok: true, value });
      }),
      runs,
    );
  });

  it("reads what decimal.js reads, plain or with an exponent, or refuses", () => {
    const digits = fc.stringMatching(/^[0-9]{1,24}$/);
    const text = fc
      .tuple(
        fc.constantFrom("", "-", "+"),
        digits,
        fc.option(fc.stringMatching(/^[0-9]{0,14}$/), { nil: undefined }),
        fc.option(fc.integer({ min: -14, max: 14 }), { nil: undefined }),
      )
      .map(
        ([sign, whole, fraction, exponent]) =>
          `${sign}${whole}${fraction === undefined ? "" : `.${fraction}`}${exponent === undefined ? "" : `e${exponent}`}`,
      );
    fc.assert(
      fc.property(text, (written) => {
        const expected = new Decimal(written.replace(/\.(?=e|$)/, ""));
        const read = parseExact(written);
        if (read.ok) expect(decimalOf(read.value).eq(expected)).toBe(true);
        else if (read.error.code === "too_precise") expect(expected.decimalPlaces()).toBeGreaterThan(exactDecimals);
        // Leading zeros count as digits, so a padded number may be called too large; a number that fits unpadded may not.
        else expect(expected.abs().gte("1e23") || /^[+-]?0/.test(written)).toBe(true);
      }),
      { seed, numRuns: 3000 },
    );
  });

  it("never reads a text as a number that decimal.js calls not a number", () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom("0", "1", "9", ".", "-", "+", "e", "E", ",", "x", " ", "٣", "n", "_") }), (text) => {
        const read = parseExact(text);
        if (read.ok) expect(/^[+-]?\d+(\.\d*)?([eE][+-]?\d+)?$/.test(text)).toBe(true);
      }),
      runs,
    );
  });
});

describe("formatExact", () => {
  it.each`
    value                  | expected             | because
    ${0n}                  | ${"0"}               | ${"zero has no sign and no decimals"}
    ${-1n}                 | ${"-0.000000000001"} | ${"the smallest step is written without an exponent"}
    ${10n ** 12n}          | ${"1"}               | ${"trailing zeros are dropped"}
    ${10n ** 14n}          | ${"100"}             | ${"zeros before the point are not"}
    ${-1_500_000_000_000n} | ${"-1.5"}            | ${"the sign comes first"}
  `("writes $expected because $because", ({ value, expected }: { value: bigint; expected: string }) => {
    expect(formatExact(value)).toBe(expected);
  });

  it("writes what decimal.js writes, and as many decimals as decimalsOf counts", () => {
    fc.assert(
      fc.property(units, (value) => {
        expect(formatExact(value)).toBe(decimalOf(value).toFixed());
        expect(decimalsOf(value)).toBe(decimalOf(value).decimalPlaces());
      }),
      runs,
    );
  });
});

describe("rounding", () => {
  it.each`
    dividend | divisor | down   | up     | zero   | even   | because
    ${7n}    | ${2n}   | ${3n}  | ${4n}  | ${3n}  | ${4n}  | ${"three and a half goes to the even four"}
    ${5n}    | ${2n}   | ${2n}  | ${3n}  | ${2n}  | ${2n}  | ${"two and a half goes to the even two"}
    ${-5n}   | ${2n}   | ${-3n} | ${-2n} | ${-2n} | ${-2n} | ${"down is toward minus infinity, zero truncates"}
    ${-7n}   | ${2n}   | ${-4n} | ${-3n} | ${-3n} | ${-4n} | ${"half to even below zero mirrors it above"}
    ${7n}    | ${-2n}  | ${-4n} | ${-3n} | ${-3n} | ${-4n} | ${"the sign of the divisor counts like the dividend's"}
    ${-1n}   | ${3n}   | ${-1n} | ${0n}  | ${0n}  | ${0n}  | ${"less than a half goes to the nearest"}
    ${6n}    | ${3n}   | ${2n}  | ${2n}  | ${2n}  | ${2n}  | ${"an exact result is not rounded"}
  `("of $dividend / $divisor: $because", ({ dividend, divisor, down, up, zero, even }: Record<string, bigint>) => {
    const divided = roundings.map((rounding) => divideUnits(dividend!, divisor!, rounding));
    expect(divided).toEqual([down, up, zero, even]);
  });

  it("throws on a divisor of zero, which is our own bug", () => {
    expect(() => divideUnits(1n, 0n, "down")).toThrow("Invariant");
  });
});

describe("arithmetic is decimal.js to the last unit, in every rounding", () => {
  it("multiplies, divides and rounds to steps", () => {
    fc.assert(
      fc.property(units, divisors, positive, roundingOf, (left, right, step, rounding) => {
        const [l, r] = [decimalOf(left), decimalOf(right)];
        expect(multiplyExact(left, right, rounding)).toBe(unitsOf(l.times(r), rounding));
        expect(divideExact(left, right, rounding)).toBe(unitsOf(l.div(r), rounding));
        const stepped = new Decimal(left.toString()).div(step.toString()).toDecimalPlaces(0, modeOf[rounding]).times(step.toString());
        expect(roundToStep(left, step, rounding)).toBe(BigInt(stepped.toFixed()));
      }),
      { seed, numRuns: 3000 },
    );
  });

  it("holds for money, prices, quantities and rates", () => {
    fc.assert(
      fc.property(units, divisors, positive, roundingOf, (left, right, multiplier, rounding) => {
        const [l, r, m] = [decimalOf(left), decimalOf(right), decimalOf(multiplier)];
        const worth = notional(priceOfUnits(left), quantityOfUnits(right), quantityOfUnits(multiplier), rounding);
        expect(worth).toBe(unitsOf(l.times(r).times(m), rounding));
        expect(timesRate(moneyOfUnits(left), rateOfUnits(right), rounding)).toBe(unitsOf(l.times(r), rounding));
        expect(priceTimes(priceOfUnits(left), rateOfUnits(right), rounding)).toBe(unitsOf(l.times(r), rounding));
        expect(shareOf(quantityOfUnits(left), rateOfUnits(right), rounding)).toBe(unitsOf(l.times(r), rounding));
        expect(averagePrice(moneyOfUnits(left), quantityOfUnits(right), quantityOfUnits(multiplier), rounding)).toBe(
          unitsOf(l.div(r.times(m)), rounding),
        );
        expect(quantityFor(moneyOfUnits(left), priceOfUnits(right), quantityOfUnits(multiplier), rounding)).toBe(
          unitsOf(l.div(r.times(m)), rounding),
        );
        expect(ratio(left, right, rounding)).toBe(unitsOf(l.div(r), rounding));
        expect(proportion(moneyOfUnits(left), quantityOfUnits(multiplier), quantityOfUnits(right), rounding)).toBe(
          unitsOf(l.times(m).div(r), rounding),
        );
        expect(decimalOf(onePlus(rateOfUnits(left))).eq(l.plus(1))).toBe(true);
        expect(decimalOf(oneMinus(rateOfUnits(left))).eq(new Decimal(1).minus(l))).toBe(true);
      }),
      runs,
    );
  });

  it("splits an amount over a count", () => {
    fc.assert(
      fc.property(units, fc.integer({ min: 1, max: 10_000 }), roundingOf, (amount, count, rounding) => {
        expect(over(moneyOfUnits(amount), count, rounding)).toBe(unitsOf(decimalOf(amount).div(count), rounding));
      }),
      runs,
    );
  });

  it("gives statistics a double next to the exact number", () => {
    fc.assert(
      fc.property(units, (value) => {
        const exact = decimalOf(value);
        const error = new Decimal(approximately(value)).minus(exact).abs();
        expect(error.lte(exact.abs().times(4e-16))).toBe(true);
      }),
      runs,
    );
  });
});

/** Three numbers of decimals that together stay within the scale, and numbers that use them. */
const withinTheScale = fc
  .tuple(fc.nat(12), fc.nat(12), fc.nat(12))
  .filter(([tick, lot, multiplier]) => tick + lot + multiplier <= exactDecimals)
  .chain((decimals) =>
    fc.tuple(...decimals.map((count) => fc.bigInt({ min: 1n, max: 10n ** 9n }).map((whole) => whole * 10n ** BigInt(12 - count)))),
  );

describe("notional", () => {
  it("never rounds when tick, lot and multiplier use at most 12 decimals together", () => {
    fc.assert(
      fc.property(withinTheScale, ([p, q, m]) => {
        const exact = decimalOf(p!).times(decimalOf(q!)).times(decimalOf(m!));
        for (const rounding of roundings)
          expect(
            decimalOf(notional(priceOfUnits(p!), quantityOfUnits(q!), quantityOfUnits(m!), rounding)).eq(exact),
            `${p} ${q} ${m} ${rounding}`,
          ).toBe(true);
      }),
      runs,
    );
  });

  it("is kept exact by checkInstrument, which refuses grids finer than the scale", () => {
    const coin: SpotCrypto = {
      kind: "spot",
      id: instrumentId("COIN"),
      symbol: "COIN",
      venue: "test",
      currency: "USDT",
      base: "COIN",
      tick: price("0.000001"),
      lot: quantity("0.000001"),
      multiplier: quantity("1"),
      minQuantity: quantity("0.000001"),
      maxQuantity: quantity("1000"),
      minNotional: money("1"),
      priceMayBeNegative: false,
      calendar: "always",
    };
    expect(checkInstrument(coin).ok).toBe(true);
    expect(checkInstrument({ ...coin, lot: quantity("0.0000001"), minQuantity: quantity("0.0000001") }).ok).toBe(false);
  });
});

describe("doors", () => {
  it.each([parseMoney, parsePrice, parseQuantity, parseRate])("refuse a text that is not a number, as a value", (parse) => {
    expect(parse("12.5")).toEqual({ ok: true, value: 12_500_000_000_000n });
    expect(parse("twelve")).toEqual({ ok: false, error: { code: "not_a_number", text: "twelve" } });
  });

  it.each([money, price, quantity, rate])("throw for a bad literal of our own", (mint) => {
    expect(() => mint("1,5")).toThrow("Invariant");
  });

  it.each`
    points  | expected      | because
    ${25}   | ${"0.0025"}   | ${"a basis point is a hundredth of a percent"}
    ${-7.5} | ${"-0.00075"} | ${"rebates are negative"}
    ${0.1}  | ${"0.00001"}  | ${"the double's tail is not read"}
    ${100}  | ${"0.01"}     | ${"zeros before the point stay"}
    ${0}    | ${"0"}        | ${"none is none"}
  `("bps($points) is $expected because $because", ({ points, expected }: { points: number; expected: string }) => {
    expect(bps(points)).toBe(rate(expected));
  });

  it("carry prices and quantities to the hot path and back unchanged, and refuse what is off the grid", () => {
    fc.assert(
      fc.property(fc.maxSafeInteger(), fc.bigInt({ min: 1n, max: 10n ** 15n }), (count, step) => {
        expect(ticksOfPrice(priceOfTicks(count, priceOfUnits(step)), priceOfUnits(step))).toBe(count);
        expect(lotsOfQuantity(quantityOfLots(count, quantityOfUnits(step)), quantityOfUnits(step))).toBe(count);
      }),
      runs,
    );
    expect(() => ticksOfPrice(price("1.05"), price("0.1"))).toThrow("whole number of ticks");
    expect(() => lotsOfQuantity(quantity("1.05"), quantity("0.1"))).toThrow("whole number of lots");
    expect(() => priceOfTicks(2 ** 53, price("1"))).toThrow("2^53");
  });

  it("round to the grid in the named direction", () => {
    expect(toTick(price("1.07"), price("0.05"), "down")).toBe(price("1.05"));
    expect(toTick(price("-1.07"), price("0.05"), "down")).toBe(price("-1.1"));
    expect(toLot(quantity("0.0199"), quantity("0.01"), "zero")).toBe(quantity("0.01"));
  });
});
