import { describe, expect, it } from "vitest";
import { dailyReturns, maxDrawdown, sharpe, sortino } from "../../src/lab/statistics.ts";

const hourMs = 3_600_000;

describe("the largest fall", () => {
  it.each`
    equity                   | expected | because
    ${[]}                    | ${0}     | ${"nothing happened"}
    ${[100]}                 | ${0}     | ${"nothing changed"}
    ${[100, 110, 120]}       | ${0}     | ${"it only rose"}
    ${[100, 80, 90]}         | ${0.2}   | ${"20 of 100 were lost"}
    ${[100, 80, 160, 120]}   | ${0.25}  | ${"it is measured from the high, 40 of 160"}
    ${[100, 50, 200, 120]}   | ${0.5}   | ${"the first fall was the larger part of its high"}
    ${[100, 90, 80, 95, 70]} | ${0.3}   | ${"a rise below the high does not start anew"}
    ${[100, -10]}            | ${1.1}   | ${"more than everything can be lost with leverage"}
  `("is $expected for $equity because $because", ({ equity, expected }: { equity: number[]; expected: number }) => {
    expect(maxDrawdown(Float64Array.from(equity), equity.length)).toBeCloseTo(expected, 12);
  });

  it("looks at the part of the curve that is filled", () => {
    expect(maxDrawdown(Float64Array.from([100, 110, 0, 0]), 2)).toBe(0);
  });
});

describe("daily returns", () => {
  const of = (hours: readonly number[], equity: readonly number[], start = 100): number[] =>
    dailyReturns(
      Float64Array.from(hours, (hour) => hour * hourMs),
      Float64Array.from(equity),
      hours.length,
      start,
    );

  it.each`
    hours           | equity           | expected          | because
    ${[]}           | ${[]}            | ${[]}             | ${"there was no day"}
    ${[12, 24]}     | ${[105, 110]}    | ${[0.1]}          | ${"midnight still closes the day before it"}
    ${[24, 25]}     | ${[110, 121]}    | ${[0.1, 0.1]}     | ${"one hour later is the next day"}
    ${[24, 48, 72]} | ${[110, 99, 99]} | ${[0.1, -0.1, 0]} | ${"each day is measured from the last"}
    ${[24, 96]}     | ${[110, 121]}    | ${[0.1, 0.1]}     | ${"days without a bar are not days"}
  `("are $expected at hours $hours because $because", ({ hours, equity, expected }: Record<string, number[]>) => {
    const returns = of(hours!, equity!);
    expect(returns.length).toBe(expected!.length);
    for (const [at, value] of expected!.entries()) expect(returns[at]).toBeCloseTo(value, 12);
  });
});

describe("ratios", () => {
  // Five days of +2 % and five of -1 %: mean 0.005, sample variance 10 × 0.015² / 9, downside √(5 × 0.01² / 10).
  const returns = [0.02, -0.01, 0.02, -0.01, 0.02, -0.01, 0.02, -0.01, 0.02, -0.01];

  it("are the formulas by hand", () => {
    expect(sharpe(returns, 365)).toBeCloseTo((0.005 / Math.sqrt(0.00025)) * Math.sqrt(365), 10);
    expect(sharpe(returns, 365)).toBeCloseTo(6.041522986797286, 10);
    expect(sortino(returns, 365)).toBeCloseTo((0.005 / Math.sqrt(0.00005)) * Math.sqrt(365), 10);
    expect(sortino(returns, 365)).toBeCloseTo(13.509256086106, 10);
  });

  it.each`
    of                                                        | because
    ${[]}                                                     | ${"there are no days"}
    ${[0.01, 0.02, 0.01, 0.02, 0.01, 0.02, 0.01, 0.02, 0.01]} | ${"nine days say nothing"}
    ${Array.from({ length: 20 }, () => 0)}                    | ${"nothing ever moved"}
  `("are not printed when $because", ({ of }: { of: number[] }) => {
    expect([sharpe(of, 365), sortino(of, 365)]).toEqual([null, null]);
  });

  it("have no downside ratio without a day of loss", () => {
    expect(
      sortino(
        Array.from({ length: 12 }, (_, day) => day / 1000),
        365,
      ),
    ).toBeNull();
  });
});
