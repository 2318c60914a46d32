import { describe, expect, it } from "vitest";
import { AiUse } from "../../../src/flow/reports/ai-use.ts";
import type { ModelAnswer, ModelAttempt } from "../../../src/flow/proposals/question.ts";
import { money } from "../../../src/words/money.ts";

const answer = (
  outcome: ModelAnswer["outcome"],
  latencyMs: number,
  cost = "0",
  statuses: readonly (number | undefined)[] = [],
): ModelAnswer => {
  const attempts = statuses.map((status) => ({ ...(status === undefined ? {} : { status }) }) as ModelAttempt);
  const spent = { latencyMs, tokensIn: 1, tokensOut: 1, cost: money(cost), ...(attempts.length === 0 ? {} : { attempts }) };
  return outcome === "ok" ? { outcome, text: "{}", ...spent } : { outcome, detail: "no", ...spent };
};

describe("what a run's models did (DUAL-6)", () => {
  it("has latency, shares without an answer and cost of each role, and the cost a day and a trade", () => {
    const use = new AiUse();
    use.answered("trader", answer("ok", 100, "0.5", [429, undefined]));
    use.answered("trader", answer("timed_out", 2_000));
    use.answered("trader", answer("provider_error", 300, "0", [500, 500]));
    use.answered("trader", answer("malformed", 400, "0.25"));
    use.answered("arbiter", answer("ok", 50, "0.25"));
    const { trader, arbiter, ...all } = use.report({ days: 4, trades: 2 });
    expect(trader).toEqual({
      answers: 4,
      latencyMs: { mean: 700, p50: 300, p95: 2_000, most: 2_000 },
      without: { refused: 0, malformed: 0.25, timed_out: 0.25, over_budget: 0, provider_error: 0.25 },
      errorRate: 0.5,
      httpErrorRate: 0.75,
      cost: "0.75",
    });
    expect(arbiter).toMatchObject({ answers: 1, errorRate: 0, httpErrorRate: null, cost: "0.25" });
    expect(all).toEqual({ cost: "1", costPerDay: 0.25, costPerTrade: 0.5 });
  });

  it("says nothing where there was nothing", () => {
    const { trader, costPerDay, costPerTrade } = new AiUse().report({ days: 0, trades: 0 });
    expect(trader).toEqual({ answers: 0, latencyMs: null, without: null, errorRate: null, httpErrorRate: null, cost: "0" });
    expect([costPerDay, costPerTrade]).toEqual([null, null]);
  });
});
