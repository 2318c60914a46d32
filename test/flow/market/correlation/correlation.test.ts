import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { correlatedGroups } from "../../../../src/flow/market/correlation/correlated-groups.ts";
import { shrunkCorrelation } from "../../../../src/flow/market/correlation/shrunk-correlation.ts";
import { Random } from "../../../../src/sim/random.ts";

fc.configureGlobal({ seed: 20261121 });

/** Series of one factor with loading, and noise of their own. */
function series(count: number, days: number, loading: number, seed = "returns"): number[][] {
  const random = new Random(seed);
  const factor = Array.from({ length: days }, () => random.normal());
  return Array.from({ length: count }, (_, at) =>
    // Loadings differ, or the target would be the truth and drawing to it always right.
    factor.map((move) => {
      const own = at % 2 === 0 ? loading : loading / 4;
      return 0.01 * (1 + at) * (Math.sqrt(own) * move + Math.sqrt(1 - own) * random.normal());
    }),
  );
}

type Matrix = number[][];
const mean = (of: readonly number[]): number => of.reduce((a, b) => a + b, 0) / of.length;

/** Ledoit and Wolf's formulas a second time, in their own words: pi, rho and gamma term by term over single days. */
function byTheirWords(returns: readonly (readonly number[])[]): { shrinkage: number; sigma: Matrix } {
  const days = returns[0]!.length;
  const n = returns.length;
  const x = returns.map((one) => one.map((value) => value - mean(one)));
  const s: Matrix = x.map((one) => x.map((other) => mean(one.map((value, day) => value * other[day]!))));
  const r = (i: number, j: number) => s[i]![j]! / Math.sqrt(s[i]![i]! * s[j]![j]!);
  let bar = 0;
  for (let i = 0; i < n - 1; i++) for (let j = i + 1; j < n; j++) bar += (2 * r(i, j)) / (n * (n - 1));
  const f: Matrix = s.map((row, i) => row.map((_, j) => (i === j ? s[i]![i]! : bar * Math.sqrt(s[i]![i]! * s[j]![j]!))));
  const each = (of: (day: number) => number) => mean(Array.from({ length: days }, (_, day) => of(day)));
  const deviation = (i: number, j: number, day: number) => x[i]![day]! * x[j]![day]! - s[i]![j]!;
  const theta = (k: number, i: number, j: number) => each((day) => deviation(k, k, day) * deviation(i, j, day));
  let [pi, rho, gamma] = [0, 0, 0];
  for (let i = 0; i < n; i++)
    for (let j = 0; j < n; j++) {
      const own = each((day) => deviation(i, j, day) ** 2);
      pi += own;
      if (i === j) rho += own;
      else {
        const [up, down] = [Math.sqrt(s[j]![j]! / s[i]![i]!), Math.sqrt(s[i]![i]! / s[j]![j]!)];
        rho += (bar / 2) * (up * theta(i, i, j) + down * theta(j, i, j));
      }
      gamma += (f[i]![j]! - s[i]![j]!) ** 2;
    }
  const shrinkage = Math.max(0, Math.min((pi - rho) / gamma / days, 1));
  return { shrinkage, sigma: s.map((row, i) => row.map((value, j) => shrinkage * f[i]![j]! + (1 - shrinkage) * value)) };
}

describe("shrunk correlation", () => {
  it.each([
    [4, 60, 0.3],
    [10, 40, 0.5],
    [3, 300, 0.05],
    [12, 45, 0.8],
  ])("is that of Ledoit and Wolf (2004) for %i series over %i days with a factor of %f", (count, days, loading) => {
    const returns = series(count, days, loading);
    const theirs = byTheirWords(returns);
    const ours = shrunkCorrelation(returns);
    expect(ours.shrinkage).toBeCloseTo(theirs.shrinkage, 9);
    for (let i = 0; i < count; i++)
      for (let j = 0; j < count; j++)
        expect(ours.correlations[i]![j]).toBeCloseTo(theirs.sigma[i]![j]! / Math.sqrt(theirs.sigma[i]![i]! * theirs.sigma[j]![j]!), 9);
  });
  it("trusts many days more than few", () => {
    const [few, many] = [shrunkCorrelation(series(8, 45, 0.4)), shrunkCorrelation(series(8, 4_000, 0.4))];
    expect(few.shrinkage).toBeGreaterThan(many.shrinkage);
  });
  it("is symmetric, one on the diagonal and never beyond one", () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 6 }), fc.integer({ min: 5, max: 30 }), fc.integer(), (count, days, seed) => {
        const { correlations } = shrunkCorrelation(series(count, days, 0.5, String(seed)));
        for (let i = 0; i < count; i++)
          for (let j = 0; j < count; j++) {
            expect(correlations[i]![j]).toBeCloseTo(correlations[j]![i]!, 12);
            expect(Math.abs(correlations[i]![j]!)).toBeLessThanOrEqual(1 + 1e-9);
          }
        expect(correlations.every((row, i) => row[i] === 1)).toBe(true);
      }),
    );
  });
  it("says that what never moves goes with nothing", () => {
    const [a, b] = series(2, 50, 0.9);
    expect(shrunkCorrelation([a!, b!, a!.map(() => 0)]).correlations[2]).toEqual([0, 0, 1]);
  });
});

describe("correlated groups", () => {
  const pairs = (size: number, of: Record<string, number>): number[][] =>
    Array.from({ length: size }, (_, i) =>
      Array.from({ length: size }, (_x, j) => (i === j ? 1 : (of[`${Math.min(i, j)}${Math.max(i, j)}`] ?? 0))),
    );
  it.each`
    size | of                                      | groups              | because
    ${3} | ${{ "01": 0.9 }}                        | ${[[0, 1]]}         | ${"the third goes its own way"}
    ${3} | ${{ "01": 0.9, "12": 0.9 }}             | ${[[0, 1]]}         | ${"every pair must correlate, a chain is no group"}
    ${3} | ${{ "01": 0.9, "12": 0.8, "02": 0.75 }} | ${[[0, 1, 2]]}      | ${"all three pairs do"}
    ${3} | ${{ "01": -0.9 }}                       | ${[[0, 1]]}         | ${"against one another is together the other way round"}
    ${4} | ${{ "01": 0.7, "23": 0.7 }}             | ${[[0, 1], [2, 3]]} | ${"the bound itself counts"}
    ${2} | ${{ "01": 0.699 }}                      | ${[]}               | ${"just below it does not"}
  `("of $size with $of are $groups: $because", ({ size, of, groups }) => {
    expect(correlatedGroups(pairs(size, of), 0.7)).toEqual(groups);
  });
  it("hold each member once, and every pair in one correlates enough", () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 8 }), fc.infiniteStream(fc.double({ min: -1, max: 1, noNaN: true })), (size, stream) => {
        const matrix = pairs(size, {});
        for (let i = 0; i < size; i++) for (let j = i + 1; j < size; j++) matrix[i]![j] = matrix[j]![i] = stream.next().value!;
        const groups = correlatedGroups(matrix, 0.5);
        expect(new Set(groups.flat()).size).toBe(groups.flat().length);
        for (const group of groups)
          for (const i of group) for (const j of group) expect(Math.abs(matrix[i]![j]!)).toBeGreaterThanOrEqual(0.5);
      }),
    );
  });
});
