import { describe, expect, it } from "vitest";
import { AiLog } from "../../src/journal/ai-log.ts";
import type { Fact } from "../../src/journal/fact.ts";
import { usualArbitration } from "../../src/flow/resolution/arbitrate.ts";
import type { ModelOutcome } from "../../src/flow/proposals/question.ts";
import { money } from "../../src/words/money.ts";
import { formatExact } from "../../src/words/exact.ts";

const at = (minute: number): Temporal.Instant => Temporal.Instant.from("2026-03-02T00:00:00Z").add({ minutes: minute });
const opened = { kind: "opened", startCash: money("100000") } as Fact;
const woke = (equity: string): Fact => ({ kind: "woke", equity: money(equity) }) as Fact;
const answered = (outcome: ModelOutcome = "ok", cost = "0", latencyMs = 100, role = "trader"): Fact =>
  ({ kind: "model_answered", role, answer: { outcome, latencyMs, cost: money(cost) } }) as Fact;
const arbitrated = (proposals: number, faults = 0): Fact =>
  ({
    kind: "arbitrated",
    rule: usualArbitration,
    proposals_ai: Array.from({ length: proposals }, () => ({})),
    arbitrations: Array.from({ length: faults }, () => ({ resolution: "FAULT" })),
  }) as unknown as Fact;
const cleared = { kind: "cleared", name: "local_only", by: "a person", reason: "" } as Fact;

function logOf(facts: readonly (readonly [minute: number, fact: Fact])[]): AiLog {
  const log = new AiLog();
  for (const [minute, fact] of facts) log.see(fact, at(minute));
  return log;
}
const figures = (log: AiLog, minute: number, answersMin = 1, daily = 0) => log.figures(at(minute), 600_000, answersMin, daily);

describe("what the journal says of the AI (DUAL-6)", () => {
  it("is silent since its last proposal, or since the start", () => {
    const log = logOf([[0, opened]]);
    expect(figures(log, 31).silentMs).toBe(31 * 60_000);
    log.see(arbitrated(1), at(31));
    log.see(arbitrated(0), at(40));
    expect(figures(log, 41).silentMs).toBe(10 * 60_000);
  });

  it("counts answers of ten minutes, and reaches back where those are too few", () => {
    const log = logOf([
      [0, opened],
      [1, answered("timed_out")],
      [2, answered("provider_error")],
      [3, answered("refused")],
      [20, answered()],
    ]);
    expect(figures(log, 20)).toMatchObject({ answers: 1, errors: 0 });
    expect(figures(log, 20, 4)).toMatchObject({ answers: 4, errors: 2 });
  });

  it("keeps the latencies of the AI trader, and not of the arbiter", () => {
    const log = logOf([
      [0, opened],
      [1, answered("ok", "0", 6_000)],
      [1, answered("ok", "0", 900, "arbiter")],
      [2, answered("ok", "0", 7_000)],
    ]);
    expect(figures(log, 2).latenciesMs).toEqual([6_000, 7_000]);
  });

  it("counts what a day costs from midnight UTC", () => {
    const log = logOf([
      [0, opened],
      [10, answered("ok", "20")],
      [1_439, answered("ok", "31")],
    ]);
    expect(formatExact(figures(log, 1_439).cost)).toBe("51");
    expect(formatExact(figures(log, 1_440).cost)).toBe("0");
    log.see(answered("ok", "3"), at(1_441));
    expect(formatExact(figures(log, 1_442).cost)).toBe("3");
  });

  it("holds equity against the start, deposits taken along, or against what it should have grown to", () => {
    const log = logOf([
      [0, opened],
      [1, woke("79000")],
    ]);
    expect(figures(log, 1).againstBaseline).toBeCloseTo(-0.21, 6);
    log.see({ kind: "cash_moved", amount: money("-21000"), why: "" }, at(2));
    expect(figures(log, 2).againstBaseline).toBeCloseTo(0, 6);
    expect(figures(logOf([[0, opened]]), 1_440, 1, 100).againstBaseline).toBeCloseTo(1 / 1.01 - 1, 6);
  });

  it("begins anew where a person clears a rollback: what led to it must not lead to it again at once", () => {
    const log = logOf([
      [0, opened],
      [1, woke("70000")],
      [1, answered("timed_out", "60", 9_000)],
      [1, arbitrated(0, 1)],
      [40, cleared],
    ]);
    expect(figures(log, 41)).toMatchObject({ latenciesMs: [], answers: 0, errors: 0, faults: 0, silentMs: 60_000, againstBaseline: 0 });
    expect(formatExact(figures(log, 41).cost)).toBe("60");
  });

  it("knows which alerts are on", () => {
    const alarm = { alert: "slow", measured: 6, limit: 5 } as const;
    const log = logOf([
      [0, opened],
      [1, { kind: "alerted", alarm, began: true }],
    ]);
    expect([...log.alerts]).toEqual(["slow"]);
    log.see({ kind: "alerted", alarm, began: false }, at(2));
    expect([...log.alerts]).toEqual([]);
  });
});
