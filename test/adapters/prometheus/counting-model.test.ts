import { describe, expect, it } from "vitest";
import { countingModel } from "../../../src/adapters/prometheus/counting-model.ts";
import { ModelMetrics } from "../../../src/adapters/prometheus/model-metrics.ts";
import type { ModelAnswer, ModelAttempt, Question } from "../../../src/flow/proposals/question.ts";
import type { Asking } from "../../../src/ports/model.ts";
import { money, zeroMoney } from "../../../src/words/money.ts";

const attempt = (outcome: ModelAttempt["outcome"], status?: number): ModelAttempt => ({
  provider: "one",
  model: "alpha",
  why: "first",
  outcome,
  detail: "",
  ...(status === undefined ? {} : { status }),
  latencyMs: 10,
  tokensIn: 5,
  tokensCached: 0,
  tokensOut: 2,
  tokensReasoning: 0,
  cost: money("0.25"),
});
const spent = { latencyMs: 20, tokensIn: 10, tokensOut: 4, cost: money("0.5") };
const recorded: ModelAnswer = { outcome: "ok", text: "{}", ...spent, attempts: [attempt("provider_error", 429), attempt("ok")] };
const house: ModelAnswer = { outcome: "ok", text: "{}", latencyMs: 0, tokensIn: 1, tokensOut: 1, cost: zeroMoney };
const question = { role: "trader" } as Question;

describe("a model that no gateway counts (DUAL-6)", () => {
  it.each`
    answer                       | lines                                                                                                                                                                                                                          | because
    ${recorded}                  | ${['ai_answers_total{role="trader",outcome="ok"} 1', 'ai_http_errors_total{provider="one",status="429"} 1', 'ai_cost_usd_total{role="trader",provider="one",model="alpha"} 0.5', 'ai_trader_latency_ms_sum{outcome="ok"} 20']} | ${"a recording knows its calls"}
    ${Promise.resolve(recorded)} | ${['ai_answers_total{role="trader",outcome="ok"} 1', 'ai_calls_total{role="trader",provider="one",model="alpha",why="first",outcome="ok"} 1']}                                                                                 | ${"an answer may come later"}
    ${house}                     | ${['ai_answers_total{role="trader",outcome="ok"} 1', 'ai_trader_latency_ms_count{outcome="ok"} 1']}                                                                                                                            | ${"the house's answer is no call"}
  `("is counted all the same, since $because", async ({ answer, lines }) => {
    const metrics = new ModelMetrics();
    const model = countingModel({ ask: () => answer as ModelAnswer | Promise<ModelAnswer> }, metrics);
    expect(await model.ask(question, {} as Asking)).toBe(await (answer as ModelAnswer | Promise<ModelAnswer>));
    const all = (await metrics.text()).split("\n");
    for (const line of lines as readonly string[]) expect(all).toContain(line);
  });

  it("answers at once where its model does, so that a run that never waits can use it", () => {
    expect(countingModel({ ask: () => house }, new ModelMetrics()).ask(question, {} as Asking)).toBe(house);
  });
});
