import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { baselineReport, measureNames, type MeasureName, type MeasureRow } from "../../../src/lab/performance/baseline-report.ts";
import { performanceIn, performanceOf, type PerformanceSample } from "../../../src/lab/performance/performance-sample.ts";
import { Random } from "../../../src/sim/random.ts";
import { ranCrypto } from "../a-crypto-plan.ts";

fc.configureGlobal({ seed: 20261121 });

/** So many days with a drift, and trades of which a share wins. */
function made(seed: string, days: number, drift: number, winShare: number): PerformanceSample {
  const random = new Random(seed);
  const tradesByDay = Array.from({ length: days }, () => Math.floor(random.next() * 5));
  return {
    dailyReturns: Array.from({ length: days }, () => drift + 0.01 * random.normal()),
    tradesByDay,
    tradeNets: Array.from(
      { length: tradesByDay.reduce((sum, each) => sum + each, 0) },
      () => (random.next() < winShare ? 100 : -80) * random.next(),
    ),
  };
}
const rowOf = (rows: readonly MeasureRow[], name: MeasureName): MeasureRow => rows.find((row) => row.name === name)!;

describe("a run against its baseline (DUAL-9)", () => {
  it("finds a difference that is there, in the measure where it is", () => {
    const rows = baselineReport(made("a", 120, 0, 0.35), made("b", 120, 0, 0.65), 500);
    expect(rowOf(rows, "winRate").differs).toBe(true);
    expect(rowOf(rows, "winRate").difference!.value).toBeGreaterThan(0.15);
    expect(rowOf(rows, "maxDrawdown").differs).toBe(false);
  });

  it("finds a difference between two draws of the same about as seldom as it says: 5 times of 100", () => {
    const found = Array.from({ length: 30 }, (_, n) => baselineReport(made(`a${n}`, 120, 0, 0.5), made(`b${n}`, 120, 0, 0.5), 120)).flat();
    expect(found.filter(({ differs }) => differs).length / found.length).toBeLessThan(0.12);
  });

  it("says nothing where there is too little to say it of", () => {
    const empty: PerformanceSample = { tradeNets: [], dailyReturns: [], tradesByDay: [] };
    for (const { baseline, recent, difference, differs } of baselineReport(empty, empty, 50))
      expect([baseline, recent, difference, differs]).toEqual([null, null, null, false]);
    expect(rowOf(baselineReport(made("a", 5, 0, 0.5), made("b", 5, 0, 0.5), 50), "sharpe").recent).toBe(null);
  });

  it("is the same again for the same files, and names every measure once", () => {
    const [one, other] = [made("a", 60, 0, 0.5), made("b", 60, 0.001, 0.5)];
    expect(baselineReport(one, other, 200)).toEqual(baselineReport(one, other, 200));
    expect(baselineReport(one, other, 20).map(({ name }) => name)).toEqual(measureNames);
  });

  it("has every value within its interval, and every interval the right way round", () => {
    const sample = fc.integer({ min: 0, max: 1_000 }).map((seed) => made(String(seed), 40, 0, 0.5));
    fc.assert(
      fc.property(sample, sample, (one, other) => {
        for (const { name, baseline, difference } of baselineReport(one, other, 120)) {
          for (const interval of [baseline, difference]) {
            if (interval === null) continue;
            expect(interval.low).toBeLessThanOrEqual(interval.high);
          }
          // A drawdown that is drawn again is another path: it alone may leave its own value out.
          if (baseline !== null && name !== "maxDrawdown") {
            expect(baseline.value).toBeGreaterThanOrEqual(baseline.low);
            expect(baseline.value).toBeLessThanOrEqual(baseline.high);
          }
        }
      }),
      { numRuns: 15 },
    );
  });

  it("covers the truth about as often as it says: 95 times of 100", () => {
    let covered = 0;
    for (let n = 0; n < 60; n++) {
      const { baseline } = rowOf(baselineReport(made(`c${n}`, 80, 0, 0.4), made("d", 5, 0, 0.5), 200), "winRate");
      if (baseline!.low <= 0.4 && 0.4 <= baseline!.high) covered++;
    }
    expect(covered).toBeGreaterThanOrEqual(52);
  });
});

describe("what a sample is taken from", () => {
  const { run, entries } = ranCrypto({ days: 8 });

  it("is the same trades in a run and in its journal", () => {
    const [ofRun, ofJournal] = [performanceOf(run), performanceIn(entries)];
    expect(ofJournal.ok && ofJournal.value.tradeNets).toEqual(ofRun.tradeNets);
    expect(ofRun.tradeNets.length).toBe(run.state.trades.length);
    expect(ofRun.tradesByDay.reduce((sum, each) => sum + each, 0)).toBe(ofRun.tradeNets.length);
    expect(ofRun.tradesByDay.length).toBe(ofRun.dailyReturns.length);
  });

  it("needs a journal in which something was decided", () => {
    expect(performanceIn(entries.slice(0, 1))).toEqual({ ok: false, error: "no_decisions" });
  });
});
