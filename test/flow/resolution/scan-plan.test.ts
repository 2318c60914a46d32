import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { hardRails } from "../../../src/flow/resolution/option-hard-rails.ts";
import { planScan, type ScanCandidate, type ScanRules, type ScanStep } from "../../../src/flow/resolution/scan-plan.ts";

const rules: ScanRules = { questionsPerScanMax: 4, rateLimitMs: 30_000, decisions: ["entry", "exit"] };
const now = 10_000_000;
const one = (candidate: Partial<ScanCandidate>, by: Partial<ScanRules> = {}) =>
  planScan([{ kind: "exit", symbol: "SPY", ...candidate }], now, { ...rules, ...by })[0]?.step;

describe("what is done with a candidate of a scan (OPT-4)", () => {
  it.each<[Partial<ScanCandidate>, ScanStep, string]>([
    [{}, { do: "ask_model" }, "nothing stands against a question"],
    [{ lastAskedMs: now - 30_000 }, { do: "ask_model" }, "30 seconds have passed"],
    [{ lastAskedMs: now - 29_999 }, { do: "leave", outcome: "rate_limited" }, "they have not"],
    [{ waitsUntilMs: now + 1 }, { do: "leave", outcome: "waiting" }, "a model said to wait"],
    [{ waitsUntilMs: now }, { do: "ask_model" }, "the wait is over"],
    [{ asked: true }, { do: "leave", outcome: "waits_for_person" }, "a person is asked already"],
    [{ answered: "sell", asked: true }, { do: "obey", answer: "sell" }, "a person has answered"],
    [{ underWay: true, answered: "sell" }, { do: "leave", outcome: "order_under_way" }, "one order at a time"],
    [{ fired: { rail: "stop_loss", closes: true }, underWay: true }, { do: "close", rail: "stop_loss" }, "a stop waits for nothing"],
    [{ fired: { rail: "stop_loss", closes: true }, answered: "hold" }, { do: "close", rail: "stop_loss" }, "nor for a person"],
    [{ fired: { rail: "kill_switch", closes: false }, answered: "sell" }, { do: "obey", answer: "sell" }, "a person may get out"],
    [
      { kind: "entry", fired: { rail: "kill_switch", closes: false }, answered: "approve" },
      { do: "leave", outcome: "kill_switch" },
      "nobody may get in",
    ],
    [{ fired: { rail: "circuit_breaker", closes: false } }, { do: "leave", outcome: "circuit_breaker" }, "no question is asked then"],
  ])("%j is %j: %s", (candidate, step) => {
    expect(one(candidate)).toEqual(step);
  });

  it("leaves to a person what a model may not automate (OPT-1)", () => {
    expect(one({ kind: "entry" }, { decisions: ["exit"] })).toEqual({ do: "ask_person" });
    expect(one({ kind: "exit" }, { decisions: ["exit"] })).toEqual({ do: "ask_model" });
  });

  it("asks for exits first, then who was asked longest ago, and counts who waits for the next scan", () => {
    const candidates: readonly ScanCandidate[] = [
      { kind: "entry", symbol: "A" },
      { kind: "exit", symbol: "B", lastAskedMs: now - 60_000 },
      { kind: "exit", symbol: "C", lastAskedMs: now - 90_000 },
      { kind: "exit", symbol: "D" },
    ];
    const asked = (most: number): string[] =>
      planScan(candidates, now, { ...rules, questionsPerScanMax: most })
        .filter(({ step }) => step.do === "ask_model")
        .map(({ candidate }) => candidate.symbol);
    expect([asked(0), asked(1), asked(2), asked(3), asked(4)]).toEqual([[], ["D"], ["C", "D"], ["B", "C", "D"], ["A", "B", "C", "D"]]);
    expect(planScan(candidates, now, { ...rules, questionsPerScanMax: 3 })[0]?.step).toEqual({ do: "leave", outcome: "over_budget" });
  });
});

describe("laws of a scan", () => {
  const candidate: fc.Arbitrary<ScanCandidate> = fc.record({
    kind: fc.constantFrom("entry" as const, "exit" as const),
    symbol: fc.string({ minLength: 1, maxLength: 4 }),
    fired: fc.option(fc.record({ rail: fc.constantFrom(...hardRails), closes: fc.boolean() }), { nil: undefined }),
    underWay: fc.boolean(),
    answered: fc.option(fc.constantFrom("sell" as const, "hold" as const), { nil: undefined }),
    asked: fc.boolean(),
    waitsUntilMs: fc.option(fc.integer({ min: now - 5, max: now + 5 }), { nil: undefined }),
    lastAskedMs: fc.option(fc.integer({ min: now - 60_000, max: now }), { nil: undefined }),
  });
  const some = fc.uniqueArray(candidate, { selector: ({ symbol }) => symbol, maxLength: 20 });

  it("gives every candidate exactly one step and asks no more than the budget (LINE-4)", () => {
    fc.assert(
      fc.property(some, fc.nat(6), (candidates, questionsPerScanMax) => {
        const planned = planScan(candidates, now, { ...rules, questionsPerScanMax });
        expect(planned.map((each) => each.candidate)).toEqual(candidates);
        const asked = planned.filter(({ step }) => step.do === "ask_model");
        expect(asked.length).toBeLessThanOrEqual(questionsPerScanMax);
        const over = planned.some(({ step }) => step.do === "leave" && step.outcome === "over_budget");
        if (over) expect(asked.length).toBe(questionsPerScanMax);
      }),
      { seed: 55 },
    );
  });

  it("asks the same ones in whatever order the candidates come", () => {
    fc.assert(
      fc.property(some, fc.nat(4), (candidates, questionsPerScanMax) => {
        const asked = (of: readonly ScanCandidate[]): string[] =>
          planScan(of, now, { ...rules, questionsPerScanMax })
            .filter(({ step }) => step.do === "ask_model")
            .map((each) => each.candidate.symbol)
            .sort();
        expect(asked(candidates.toReversed())).toEqual(asked(candidates));
      }),
      { seed: 56 },
    );
  });
});
