import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { silentMsBound, watchAi, type AiFigures, type AiWatchRule } from "../../../src/flow/reports/ai-watch.ts";
import { money } from "../../../src/words/money.ts";

fc.configureGlobal({ seed: 20261121 });

const rule: AiWatchRule = {
  alert: {
    latencyMsMax: 5_000,
    slowCyclesMax: 5,
    errorShareMax: 0.1,
    costMax: money("100"),
    belowBaselineMax: 0.15,
    silentMsMax: 1_800_000,
  },
  rollback: { latencyMsMax: 5_000, slowCyclesMax: 10, errorShareMax: 0.1, costMax: money("50"), belowBaselineMax: 0.2 },
  answersMin: 10,
  cycleMs: 900_000,
};
const fine: AiFigures = { latenciesMs: [], answers: 100, errors: 0, faults: 0, silentMs: 0, cost: money("0"), againstBaseline: 0 };
const slow = (cycles: number, ms = 5_001): number[] => [100, ...Array.from({ length: cycles }, () => ms)];

/** `alerts slow, cost; rollback cost` */
function found(with_: Partial<AiFigures>, cycleMs = rule.cycleMs): string {
  const { alerts, rollback } = watchAi({ ...fine, ...with_ }, { ...rule, cycleMs });
  return `${alerts.map(({ alert }) => alert).join(" ") || "quiet"}${rollback === undefined ? "" : `, rolled back: ${rollback.alert}`}`;
}

describe("alerts and rollback, at each boundary (DUAL-7, DUAL-8)", () => {
  it.each<{ with: Partial<AiFigures>; says: string; because: string }>([
    { with: {}, says: "quiet", because: "nothing is wrong" },
    { with: { latenciesMs: slow(5) }, says: "quiet", because: "five slow cycles are not more than five" },
    { with: { latenciesMs: slow(6) }, says: "slow", because: "six are" },
    { with: { latenciesMs: slow(6, 5_000) }, says: "quiet", because: "five seconds are not more than five" },
    { with: { latenciesMs: [...slow(20), 100] }, says: "quiet", because: "one quick cycle ends the row" },
    { with: { latenciesMs: slow(10) }, says: "slow", because: "ten are not more than ten" },
    { with: { latenciesMs: slow(11) }, says: "slow, rolled back: slow", because: "eleven are" },
    {
      with: { latenciesMs: Array.from({ length: 11 }, () => 6_000) },
      says: "slow, rolled back: slow",
      because: "they may be all there are",
    },
    { with: { answers: 100, errors: 10 }, says: "quiet", because: "a tenth is not more than a tenth" },
    { with: { answers: 100, errors: 11 }, says: "errors, rolled back: errors", because: "eleven of a hundred are" },
    { with: { answers: 9, errors: 9 }, says: "quiet", because: "nine answers say nothing of a share" },
    { with: { answers: 10, errors: 2 }, says: "errors, rolled back: errors", because: "two of ten do" },
    { with: { faults: 1 }, says: "arbitration_fault, rolled back: arbitration_fault", because: "no fault of the table is borne" },
    { with: { silentMs: 1_800_000 }, says: "quiet", because: "half an hour is not more than half an hour" },
    { with: { silentMs: 1_800_001 }, says: "silent", because: "a moment more is; silence alone rolls nothing back" },
    { with: { cost: money("50") }, says: "quiet", because: "fifty dollars are not more than fifty" },
    { with: { cost: money("50.01") }, says: "quiet, rolled back: cost", because: "a cent more rolls back, and tells at a hundred" },
    { with: { cost: money("100.01") }, says: "cost, rolled back: cost", because: "now it tells as well" },
    { with: { againstBaseline: -0.15 }, says: "quiet", because: "15% below is not more than 15%" },
    { with: { againstBaseline: -0.1501 }, says: "performance", because: "a little more is" },
    { with: { againstBaseline: -0.2 }, says: "performance", because: "20% is not more than 20%" },
    { with: { againstBaseline: -0.2001 }, says: "performance, rolled back: performance", because: "a little more is" },
    { with: { againstBaseline: 3 }, says: "quiet", because: "to be above a baseline is no fault" },
  ])("$says because $because", ({ with: with_, says }) => {
    expect(found(with_)).toBe(says);
  });

  const minute = 60_000;
  it.each<{ cycle: number; silent: number; says: string; because: string }>([
    { cycle: 1, silent: 30 * minute, says: "quiet", because: "bars of a minute leave the half hour as it is" },
    { cycle: 1, silent: 30 * minute + 1, says: "silent", because: "and a moment more tells" },
    { cycle: 15, silent: 30 * minute + 1, says: "silent", because: "two quarters of an hour are the half hour" },
    { cycle: 60, silent: 60 * minute, says: "quiet", because: "one hourly cycle in which it wants nothing is no silence" },
    { cycle: 60, silent: 120 * minute, says: "quiet", because: "two cycles are not more than two" },
    { cycle: 60, silent: 120 * minute + 1, says: "silent", because: "a moment more is" },
    { cycle: 1_440, silent: 2_880 * minute, says: "quiet", because: "bars of a day wait two days" },
    { cycle: 1_440, silent: 2_880 * minute + 1, says: "silent", because: "and no longer" },
  ])("cycles of $cycle minutes: $says after $silent ms because $because (DUAL-7)", ({ cycle, silent, says }) => {
    expect(found({ silentMs: silent }, cycle * minute)).toBe(says);
  });

  it("bears silence for the larger of the configured and two cycles, and names that as the limit", () => {
    const span = fc.integer({ min: 1_000, max: 604_800_000 });
    fc.assert(
      fc.property(span, span, (silentMsMax, cycleMs) => {
        const of = { ...rule, alert: { ...rule.alert, silentMsMax }, cycleMs };
        const bound = silentMsBound(of);
        expect([bound >= silentMsMax, bound >= 2 * cycleMs, bound === silentMsMax || bound === 2 * cycleMs]).toEqual([true, true, true]);
        expect(watchAi({ ...fine, silentMs: bound }, of).alerts).toEqual([]);
        expect(watchAi({ ...fine, silentMs: bound + 1 }, of).alerts).toEqual([{ alert: "silent", measured: bound + 1, limit: bound }]);
      }),
    );
  });

  it("never finds less where one figure is worse", () => {
    const figures = fc.record({
      latenciesMs: fc.array(fc.integer({ min: 0, max: 10_000 }), { maxLength: 20 }),
      answers: fc.integer({ min: 10, max: 100 }),
      errors: fc.integer({ min: 0, max: 10 }),
      faults: fc.nat(2),
      silentMs: fc.nat(4_000_000),
      cost: fc.nat(200).map((dollars) => money(String(dollars))),
      againstBaseline: fc.double({ min: -0.5, max: 0.5, noNaN: true }),
    });
    const worse: readonly ((of: AiFigures) => AiFigures)[] = [
      (of) => ({ ...of, latenciesMs: [...of.latenciesMs, 9_999] }),
      (of) => ({ ...of, errors: of.errors + 1 }),
      (of) => ({ ...of, faults: of.faults + 1 }),
      (of) => ({ ...of, silentMs: of.silentMs * 2 }),
      (of) => ({ ...of, againstBaseline: of.againstBaseline - 0.1 }),
    ];
    fc.assert(
      fc.property(figures, fc.constantFrom(...worse), (before, step) => {
        const then = watchAi(before, rule);
        const now = watchAi(step(before), rule);
        expect(now.alerts.map(({ alert }) => alert)).toEqual(expect.arrayContaining(then.alerts.map(({ alert }) => alert)));
        if (then.rollback !== undefined) expect(now.rollback).toBeDefined();
      }),
    );
  });
});
