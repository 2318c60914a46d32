import { describe, expect, it } from "vitest";
import { ModelMetrics } from "../../../src/adapters/prometheus/model-metrics.ts";
import { aGateway } from "../../runtime/models/a-gateway.ts";
import { breaks, fails, refuses, says } from "../../runtime/models/scripted-provider.ts";

const lines = async (metrics: ModelMetrics): Promise<readonly string[]> => (await metrics.text()).split("\n");

describe("metrics (DUAL-6)", () => {
  it("each way for a question to end is counted apart, with latency, tokens and money", async () => {
    const metrics = new ModelMetrics();
    const steps = [says("hm"), says("{}"), refuses(), fails(429), breaks("bad_body"), "stall"] as const;
    const { ask, book } = aGateway({ steps, retriesMax: 0, parts: { watch: metrics } });
    for (const user of ["a", "b", "c", "d", "e"]) await ask({ user });
    book.callsMax = 0;
    await ask({ role: "arbiter" });
    const all = await lines(metrics);
    for (const line of [
      'ai_answers_total{role="trader",outcome="ok"} 1',
      'ai_answers_total{role="trader",outcome="refused"} 1',
      'ai_answers_total{role="trader",outcome="provider_error"} 2',
      'ai_answers_total{role="trader",outcome="timed_out"} 1',
      'ai_answers_total{role="arbiter",outcome="over_budget"} 1',
      'ai_trader_latency_ms_bucket{le="50",outcome="ok"} 1',
      'ai_trader_latency_ms_sum{outcome="timed_out"} 10000',
      'ai_arbiter_latency_ms_count{outcome="over_budget"} 1',
      'ai_calls_total{role="trader",provider="one",model="alpha",why="re_ask",outcome="ok"} 1',
      'ai_parse_errors_total{role="trader",provider="one",model="alpha",code="not_json"} 1',
      'ai_http_errors_total{provider="one",status="429"} 1',
      'ai_timeouts_total{role="trader",provider="one",model="alpha"} 1',
      'ai_held_back_total{role="arbiter",code="calls_per_scan"} 1',
      'ai_breaker_state{provider="one"} 0',
      'ai_breaker_state{provider="two"} 0',
    ])
      expect(all).toContain(line);
    const settled = [...book.lines.values()].reduce((sum, { spent }) => sum + (spent?.cost ?? 0n), 0n);
    const told = all.find((line) => line.startsWith("ai_cost_usd_total{"))?.split(" ")[1];
    expect(Number.parseFloat(told ?? "")).toBeCloseTo(Number(settled) / 1e12, 9);
  });

  it("the breaker's state is that of the moment of reading", async () => {
    const metrics = new ModelMetrics();
    const { ask, time } = aGateway({ steps: [fails(500), fails(500), fails(500)], parts: { watch: metrics } });
    await ask();
    expect(await lines(metrics)).toContain('ai_breaker_state{provider="one"} 2');
    await time.until(time.wait(30_000));
    expect(await lines(metrics)).toContain('ai_breaker_state{provider="one"} 1');
  });
});
