import { approximately, formatExact } from "../../words/exact.ts";
import { plus, zeroMoney, type Money } from "../../words/money.ts";
import type { ModelAnswer, ModelOutcome, ModelRole } from "../proposals/question.ts";

/** A run's answers come in as they pass; how quick they were, how often there was none, and what they cost a day and a trade goes out (DUAL-6). */

export type AiUseRow = {
  readonly answers: number;
  /** From the question to the answer or its absence, with all calls and waits; nearest ranks. Null without answers. */
  readonly latencyMs: { readonly mean: number; readonly p50: number; readonly p95: number; readonly most: number } | null;
  /** Shares of the answers, by how there was none: `malformed` is what nobody could read. Null without answers. */
  readonly without: Readonly<Record<Exclude<ModelOutcome, "ok">, number>> | null;
  /** The share that the watch calls errors: timed out, or failed at the provider. */
  readonly errorRate: number | null;
  /** Share of the calls that came back with an error status of HTTP; null where no calls are known. */
  readonly httpErrorRate: number | null;
  /** US dollars. */
  readonly cost: string;
};

export type AiUseReport = {
  readonly trader: AiUseRow;
  readonly arbiter: AiUseRow;
  readonly cost: string;
  /** US dollars to six decimals: a day of the run, and a closed trade. Null where there was none. */
  readonly costPerDay: number | null;
  readonly costPerTrade: number | null;
};

type Used = {
  readonly latenciesMs: number[];
  readonly outcomes: Map<ModelOutcome, number>;
  calls: number;
  httpErrors: number;
  cost: Money;
};

export class AiUse {
  readonly #used = new Map<ModelRole, Used>();

  answered(role: ModelRole, { outcome, latencyMs, cost, attempts = [] }: ModelAnswer): void {
    const used = this.#used.get(role) ?? none();
    this.#used.set(role, used);
    used.latenciesMs.push(latencyMs);
    used.outcomes.set(outcome, (used.outcomes.get(outcome) ?? 0) + 1);
    used.calls += attempts.length;
    used.httpErrors += attempts.filter(({ status }) => status !== undefined).length;
    used.cost = plus(used.cost, cost);
  }

  report({ days, trades }: { readonly days: number; readonly trades: number }): AiUseReport {
    const cost = [...this.#used.values()].reduce<Money>((sum, used) => plus(sum, used.cost), zeroMoney);
    const each = (count: number): number | null => (count > 0 ? Math.round((approximately(cost) / count) * 1e6) / 1e6 : null);
    return {
      trader: rowOf(this.#used.get("trader") ?? none()),
      arbiter: rowOf(this.#used.get("arbiter") ?? none()),
      cost: formatExact(cost),
      costPerDay: each(days),
      costPerTrade: each(trades),
    };
  }
}

const none = (): Used => ({ latenciesMs: [], outcomes: new Map(), calls: 0, httpErrors: 0, cost: zeroMoney });

function rowOf({ latenciesMs, outcomes, calls, httpErrors, cost }: Used): AiUseRow {
  const answers = latenciesMs.length;
  const httpErrorRate = calls === 0 ? null : httpErrors / calls;
  if (answers === 0) return { answers, latencyMs: null, without: null, errorRate: null, httpErrorRate, cost: formatExact(cost) };
  const sorted = latenciesMs.toSorted((one, other) => one - other);
  const rank = (share: number): number => sorted[Math.ceil(share * answers) - 1] ?? 0;
  const share = (outcome: ModelOutcome): number => (outcomes.get(outcome) ?? 0) / answers;
  return {
    answers,
    latencyMs: { mean: sorted.reduce((sum, ms) => sum + ms, 0) / answers, p50: rank(0.5), p95: rank(0.95), most: rank(1) },
    without: {
      refused: share("refused"),
      malformed: share("malformed"),
      timed_out: share("timed_out"),
      over_budget: share("over_budget"),
      provider_error: share("provider_error"),
    },
    errorRate: share("timed_out") + share("provider_error"),
    httpErrorRate,
    cost: formatExact(cost),
  };
}
