import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { entryWords, exitWords, type EntryWord, type ExitWord } from "../../../src/flow/proposals/option-schemas.ts";
import { dualGate, type GateCase } from "../../../src/flow/resolution/dual-gate.ts";
import {
  exitBiases,
  exitThresholds,
  usualOptionLimits,
  type ExitBias,
  type OptionLimits,
} from "../../../src/flow/resolution/option-limits.ts";
import type { OptionSituation } from "../../../src/flow/resolution/option-situation.ts";

const quiet: OptionSituation = { pnlPct: 5, minutesToClose: 120, killSwitch: false, circuitBreaker: false };
const liquid: OptionSituation = {
  minutesToClose: 120,
  spreadBps: 100,
  volume: 500,
  openInterest: 1000,
  delta: 0.5,
  theta: -0.05,
  killSwitch: false,
  circuitBreaker: false,
};

const exit = (action: ExitWord, confidence: number, more: Partial<OptionSituation>, limits: Partial<OptionLimits> = {}) =>
  dualGate({ kind: "exit", action, confidence, situation: { ...quiet, ...more } }, { ...usualOptionLimits, ...limits });
const entry = (action: EntryWord, confidence: number, more: Partial<OptionSituation>, limits: Partial<OptionLimits> = {}) =>
  dualGate({ kind: "entry", action, confidence, situation: { ...liquid, ...more } }, { ...usualOptionLimits, ...limits });

describe("the dual gate on an exit (OPT-2)", () => {
  it.each<[ExitWord, number, Partial<OptionSituation>, boolean, string, string]>([
    ["SELL", 0.6, { pnlPct: 15 }, true, "sell", "a gain of exactly 15% is a reason and 0.60 is confidence enough"],
    ["SELL", 0.6, { pnlPct: 14.999999 }, false, "gate1_blocked", "a hair below 15% is none"],
    ["SELL", 0.599999, { pnlPct: 15 }, false, "manual_fallback", "a hair below 0.60 is a person's business"],
    ["SELL", 0.5, { pnlPct: 5 }, false, "manual_fallback", "gate 2 applies to every answer, one that gate 1 blocks too"],
    ["SELL", 1, { pnlPct: -24.999999 }, false, "gate1_blocked", "a loss above -25% is no reason"],
    ["SELL", 0.9, { minutesToClose: 16 }, false, "gate1_blocked", "16 minutes are still time"],
    ["HOLD", 0.6, { pnlPct: 5 }, false, "hold", "a decision that never trades passes gate 1"],
    ["HOLD", 0.6, { pnlPct: 40 }, false, "hold", "nor does a reason to sell make one"],
    ["WAIT", 0.9, {}, false, "wait", "waiting is a decision"],
    ["ABSTAIN", 0.9, {}, false, "abstain", "so is abstaining"],
    ["HOLD", 0.59, {}, false, "manual_fallback", "gate 2 applies to a hold as well"],
    ["WAIT", 0, {}, false, "manual_fallback", "and to a wait"],
  ])("%s at %d with %j acts %s as %s: %s", (action, confidence, more, acts, outcome) => {
    const verdict = exit(action, confidence, more);
    expect([verdict.acts, verdict.outcome, verdict.asksModel]).toEqual([acts, outcome, true]);
  });

  it.each<[Partial<OptionSituation>, string, boolean, string]>([
    [{ pnlPct: -25 }, "stop_loss", true, "the stop is the house's at exactly -25%"],
    [{ pnlPct: -80, killSwitch: true }, "stop_loss", true, "a kill switch stops opening, not protecting"],
    [{ minutesToClose: 15 }, "day_end", true, "15 minutes before the close everything is sold"],
    [{ minutesToClose: 15, circuitBreaker: true }, "day_end", true, "with an open breaker too"],
    [{ pnlPct: 30, killSwitch: true }, "kill_switch", false, "a profit can wait for a person while the switch is thrown"],
    [{ pnlPct: 30, circuitBreaker: true }, "circuit_breaker", false, "or while the breaker is open"],
  ])("asks no model with %j, since %s fires", (more, outcome, acts) => {
    const verdict = exit("HOLD", 1, more);
    expect(verdict).toMatchObject({ acts, outcome, asksModel: false, gate1: null, gate2: null });
    expect(verdict.refusals.map(({ gate, code }) => [gate, code])).toEqual([[0, outcome]]);
  });

  it("says every reason against, of both gates", () => {
    expect(exit("SELL", 0.3, { pnlPct: -3 }).refusals).toEqual([
      { gate: 1, code: "loss_too_small", measured: -3, limit: -25 },
      { gate: 2, code: "confidence", measured: 0.3, limit: 0.6 },
    ]);
  });

  it("takes a gain that is not known for no reason at all", () => {
    expect(exit("SELL", 1, { pnlPct: Number.NaN })).toMatchObject({ acts: false, refusals: [{ gate: 1, code: "pnl.missing" }] });
    expect(exit("SELL", Number.NaN, { pnlPct: 20 })).toMatchObject({ acts: false, outcome: "manual_fallback" });
  });
});

describe("exit bias (OPT-3)", () => {
  it.each<[ExitBias, Partial<OptionSituation>, boolean, string]>([
    ["conservative", { pnlPct: 10 }, true, "takes a small profit"],
    ["conservative", { pnlPct: 9.999999 }, false, "but not any"],
    ["conservative", { pnlPct: -15 }, true, "cuts a loss before the stop"],
    ["conservative", { pnlPct: -14.999999 }, false, "though not every loss"],
    ["conservative", { minutesToClose: 30 }, true, "thinks of the close half an hour before"],
    ["conservative", { minutesToClose: 31 }, false, "and not earlier"],
    ["aggressive", { pnlPct: 24.999999 }, false, "lets a profit run"],
    ["aggressive", { pnlPct: 25 }, true, "up to a quarter"],
    ["aggressive", { pnlPct: -24 }, false, "and sits a loss out as far as the stop"],
  ])("%s with %j sells %s: it %s", (exitBias, more, acts) => {
    expect(exit("SELL", 0.9, more, { exitBias }).acts).toBe(acts);
  });

  it("never moves a hard rail", () => {
    for (const exitBias of exitBiases) {
      expect(exit("HOLD", 1, { pnlPct: -25 }, { exitBias }).outcome).toBe("stop_loss");
      expect(exit("HOLD", 1, { minutesToClose: 15 }, { exitBias }).outcome).toBe("day_end");
      expect(exitThresholds[exitBias].lossPctMax).toBeGreaterThanOrEqual(-usualOptionLimits.stopLossPct);
      expect(exitThresholds[exitBias].minutesToCloseMax).toBeGreaterThanOrEqual(usualOptionLimits.dayEndMinutes);
    }
  });
});

describe("the dual gate on an entry (OPT-5)", () => {
  it.each([
    [{ openInterest: 50 }, true, "50 contracts are held by somebody"],
    [{ openInterest: 49 }, false, "open_interest"],
    [{ volume: 100 }, true, "100 traded today"],
    [{ volume: 99 }, false, "volume"],
    [{ spreadBps: 500 }, true, "5% of the middle may be paid to get in and out"],
    [{ spreadBps: 500.01 }, false, "spread"],
    [{ spreadBps: -1 }, false, "spread_crossed"],
    [{ delta: 0.3 }, true, "0.30 moves enough"],
    [{ delta: 0.2999 }, false, "delta"],
    [{ delta: -0.7 }, true, "a put counts by the size of its delta"],
    [{ delta: -0.7001 }, false, "delta"],
    [{ theta: -0.1 }, true, "ten cents a day is what time may cost"],
    [{ theta: -0.1001 }, false, "theta"],
    [{ iv: 0.02 }, true, "2% is a volatility"],
    [{ iv: 0.0199 }, false, "iv"],
    [{ iv: 3.01 }, false, "iv"],
    [{ daysToExpiry: 1 }, true, "tomorrow is not today"],
    [{ daysToExpiry: 0 }, false, "days_to_expiry"],
    [{ daysToExpiry: 46 }, false, "days_to_expiry"],
    [{ quoteAgeMs: 120_000 }, true, "two minutes old is fresh enough"],
    [{ quoteAgeMs: 120_001 }, false, "quote_age"],
    [{ quoteAgeMs: -1 }, false, "quote_from_future"],
    [{ delta: Number.NaN }, false, "delta.missing"],
    [{ theta: Number.NaN }, false, "theta.missing"],
    [{ spreadBps: Number.NaN }, false, "spread.missing"],
    [{ iv: Number.NaN }, false, "iv.missing"],
  ] as const)("with %j an approval acts %s: %s", (more, acts, because) => {
    const verdict = entry("APPROVE", 0.6, more);
    expect([verdict.acts, verdict.gate1, verdict.outcome]).toEqual([acts, acts, acts ? "approve" : "gate1_blocked"]);
    if (!acts) expect(verdict.refusals.map(({ code }) => code)).toEqual([because]);
  });

  it("is stricter about the spread where the strict profile asks for it", () => {
    const strict = { spreadProfile: "strict" } as const;
    expect(entry("APPROVE", 0.9, { spreadBps: 50 }, strict).acts).toBe(true);
    expect(entry("APPROVE", 0.9, { spreadBps: 50.01 }, strict).acts).toBe(false);
  });

  it.each([
    [{ killSwitch: true, circuitBreaker: true }, "kill_switch"],
    [{ circuitBreaker: true }, "circuit_breaker"],
    [{ minutesToClose: 15 }, "day_end"],
    [{ positions: 5 }, "positions_max"],
    [{ costShare: 1.001 }, "size_max"],
    [{ costShare: Number.NaN }, "size_max"],
  ] as const)("asks no model with %j, since %s forbids", (more, outcome) => {
    expect(entry("APPROVE", 1, more)).toMatchObject({ acts: false, outcome, asksModel: false });
  });

  it.each<[number | undefined, number, string, string]>([
    [29.99, 30, "day_start", "the day begins half an hour after its open (OPT-7)"],
    [30, 30, "approve", "and at exactly half an hour it has"],
    [0, 0, "approve", "without a wait it begins with its session"],
    [undefined, 30, "day_start", "an open that is not known is waited for"],
  ])("%s minutes from the open with a wait of %d ends as %s: %s", (minutesFromOpen, dayStartMinutes, outcome) => {
    const more = minutesFromOpen === undefined ? {} : { minutesFromOpen };
    expect(entry("APPROVE", 1, more, { dayStartMinutes }).outcome).toBe(outcome);
    expect(exit("SELL", 1, { ...more, pnlPct: 30 }, { dayStartMinutes }).outcome, "what sells does not wait").toBe("sell");
  });

  it.each([
    ["REJECT", "reject"],
    ["NEED_USER", "need_user"],
    ["ABSTAIN", "abstain"],
    ["HOLD", "hold"],
  ] as const)("takes %s for a decision that never trades, whatever the contract", (action, outcome) => {
    expect(entry(action, 0.8, { openInterest: 0, delta: Number.NaN })).toMatchObject({ acts: false, outcome, gate1: true });
  });
});

describe("laws of the dual gate", () => {
  const number = fc.oneof(fc.double({ min: -100, max: 2000, noNaN: true }), fc.constantFrom(Number.NaN, -25, 15, 0.6, 50, 500));
  const situation: fc.Arbitrary<OptionSituation> = fc.record({
    pnlPct: number,
    minutesToClose: fc.integer({ min: 0, max: 390 }),
    spreadBps: number,
    volume: number,
    openInterest: number,
    delta: number,
    theta: number,
    killSwitch: fc.boolean(),
    circuitBreaker: fc.boolean(),
  });
  const confidence = fc.double({ min: 0, max: 1, noNaN: true });
  const cases: fc.Arbitrary<GateCase> = fc.oneof(
    fc.record({ kind: fc.constant("exit" as const), action: fc.constantFrom(...exitWords), confidence, situation }),
    fc.record({ kind: fc.constant("entry" as const), action: fc.constantFrom(...entryWords), confidence, situation }),
  );
  const limits = fc.constantFrom(...exitBiases).map((exitBias): OptionLimits => ({ ...usualOptionLimits, exitBias }));

  it("acts on an answer only where both gates passed, it was actionable and no rail fired", () => {
    fc.assert(
      fc.property(cases, limits, (of, by) => {
        const { acts, asksModel, gate1, gate2, outcome } = dualGate(of, by);
        if (asksModel) expect(acts).toBe(gate1 === true && gate2 === true && ["SELL", "APPROVE"].includes(of.action));
        else expect([gate1, gate2]).toEqual([null, null]);
        if (acts && asksModel) expect(["sell", "approve"]).toContain(outcome);
      }),
      { seed: 52 },
    );
  });

  it("lets no answer and no confidence change what a hard rail does", () => {
    fc.assert(
      fc.property(cases, limits, confidence, (of, by, other) => {
        const one = dualGate(of, by);
        fc.pre(!one.asksModel);
        const action = of.kind === "exit" ? "SELL" : "APPROVE";
        expect(dualGate({ ...of, action, confidence: other } as GateCase, by)).toEqual(one);
      }),
      { seed: 53 },
    );
  });

  it("never turns an action into none by more confidence", () => {
    fc.assert(
      fc.property(cases, limits, confidence, (of, by, more) => {
        fc.pre(more >= of.confidence && dualGate(of, by).acts);
        expect(dualGate({ ...of, confidence: more }, by).acts).toBe(true);
      }),
      { seed: 54 },
    );
  });
});
