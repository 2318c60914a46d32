import { Counter, Gauge, Histogram, Registry } from "prom-client";
import { modelRoles, type ModelAnswer, type ModelRole } from "../../flow/proposals/question.ts";
import { approximately } from "../../words/exact.ts";
import type { BreakerState, ModelTried, ModelWatch } from "../../ports/model-watch.ts";

/** From a local server's quick answer to the longest deadline that anyone waits for. */
const latencyBucketsMs = [50, 100, 250, 500, 1_000, 2_000, 4_000, 8_000, 15_000, 30_000, 60_000, 120_000, 300_000];
const breakerLevels = { closed: 0, half_open: 1, open: 2 } as const satisfies Record<BreakerState, number>;
const of = ["role", "provider", "model"] as const;

/** Counts of what the gateway did, in a registry that is given or made (DUAL-6); money and tokens are those that were settled. */
export class ModelMetrics implements ModelWatch {
  readonly registry: Registry;
  readonly #latency: Readonly<Record<ModelRole, Histogram<"outcome">>>;
  readonly #answers: Counter<"role" | "outcome">;
  readonly #calls: Counter<(typeof of)[number] | "why" | "outcome">;
  readonly #httpErrors: Counter<"provider" | "status">;
  readonly #malformed: Counter<(typeof of)[number] | "code">;
  readonly #timeouts: Counter<(typeof of)[number]>;
  readonly #heldBack: Counter<"role" | "code">;
  readonly #tokens: Counter<(typeof of)[number] | "kind">;
  readonly #cost: Counter<(typeof of)[number]>;
  readonly #breakers = new Map<string, () => BreakerState>();

  constructor(registry = new Registry()) {
    this.registry = registry;
    const registers = [registry];
    const latency = (role: ModelRole) =>
      new Histogram({
        name: `ai_${role}_latency_ms`,
        help: `Milliseconds from the question to the ${role}'s answer or its absence, with all calls and waits`,
        labelNames: ["outcome"] as const,
        buckets: latencyBucketsMs,
        registers,
      });
    this.#latency = Object.fromEntries(modelRoles.map((role) => [role, latency(role)])) as Record<ModelRole, Histogram<"outcome">>;
    const counter = <Label extends string>(name: string, help: string, labelNames: readonly Label[]) =>
      new Counter<Label>({ name, help, labelNames: [...labelNames], registers });
    this.#answers = counter("ai_answers_total", "Questions by how they ended", ["role", "outcome"]);
    this.#calls = counter("ai_calls_total", "Calls, and calls that were held back, by why and how they ended", [...of, "why", "outcome"]);
    this.#httpErrors = counter("ai_http_errors_total", "Replies of providers with an error status", ["provider", "status"]);
    this.#malformed = counter("ai_parse_errors_total", "Answers that their reader could not read, by reason", [...of, "code"]);
    this.#timeouts = counter("ai_timeouts_total", "Calls without a reply in time", of);
    this.#heldBack = counter("ai_held_back_total", "Calls that did not leave, by the budget's or guard's reason", ["role", "code"]);
    this.#tokens = counter("ai_tokens_total", "Tokens settled; in includes cached, out includes reasoning", [...of, "kind"]);
    this.#cost = counter("ai_cost_usd_total", "US dollars settled for calls", of);
    const breakers = this.#breakers;
    const breaker = new Gauge({
      name: "ai_breaker_state",
      help: "Circuit breaker of a provider: 0 closed, 1 half open, 2 open",
      labelNames: ["provider"] as const,
      registers: [],
      collect() {
        for (const [provider, state] of breakers) this.set({ provider }, breakerLevels[state()]);
      },
    });
    registry.registerMetric(breaker);
  }

  watchBreaker(provider: string, state: () => BreakerState): void {
    this.#breakers.set(provider, state);
  }

  tried({ role, attempt, code }: ModelTried): void {
    const { provider, model, why, outcome, status } = attempt;
    const labels = { role, provider, model };
    this.#calls.inc({ ...labels, why, outcome });
    if (status !== undefined) this.#httpErrors.inc({ provider, status: String(status) });
    if (outcome === "malformed") this.#malformed.inc({ ...labels, code: code ?? "unknown" });
    else if (code !== undefined) this.#heldBack.inc({ role, code });
    if (outcome === "timed_out") this.#timeouts.inc(labels);
    const kinds = { in: attempt.tokensIn, cached: attempt.tokensCached, out: attempt.tokensOut, reasoning: attempt.tokensReasoning };
    for (const [kind, count] of Object.entries(kinds)) if (count > 0) this.#tokens.inc({ ...labels, kind }, count);
    if (attempt.cost > 0n) this.#cost.inc(labels, approximately(attempt.cost));
  }

  answered(role: ModelRole, { outcome, latencyMs }: ModelAnswer): void {
    this.#latency[role].observe({ outcome }, latencyMs);
    this.#answers.inc({ role, outcome });
  }

  /** The Prometheus text exposition. */
  text(): Promise<string> {
    return this.registry.metrics();
  }
}
