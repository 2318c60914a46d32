import { Gauge, type Registry } from "prom-client";
import { aiMeasures, silentMsBound, type AiFigures, type AiWatchRule } from "../../flow/reports/ai-watch.ts";

export type Watched = {
  readonly figures: AiFigures;
  readonly rule: AiWatchRule & { readonly errorWindowMs: number };
  /** A rollback is in force. */
  readonly localOnly: boolean;
  readonly resolutions: Readonly<Record<string, number>>;
  /** US dollars a day of the run and a trade; null where there was none. */
  readonly costPerDayUsd: number | null;
  readonly costPerTradeUsd: number | null;
};

/**
 * What the desk's own watch judges its AI trader by comes in; the gauges that examples/prometheus/countersign.rules.yml compares with the same
 * limits stand in the registry (DUAL-6, DUAL-7). A label says what a figure was counted by.
 */
export function setWatch(registry: Registry, { figures, rule, localOnly, resolutions, costPerDayUsd, costPerTradeUsd }: Watched): void {
  const gauge = (name: string, help: string, value: number, labels: Readonly<Record<string, string>> = {}): void => {
    new Gauge({ name, help, labelNames: Object.keys(labels), registers: [registry] }).set(labels, value);
  };
  const measured = aiMeasures(figures, rule.alert, rule.answersMin);
  gauge("ai_trader_slow_cycles", "Cycles in a row, up to now, in which the AI trader took longer than over_ms", measured.slow, {
    over_ms: String(rule.alert.latencyMsMax),
  });
  gauge("ai_recent_error_share", "Answers of the last window_ms that timed out or failed at the provider; 0 for too few", measured.errors, {
    window_ms: String(rule.errorWindowMs),
  });
  gauge("ai_arbitration_faults", "Arbitrations that failed since the start or since a rollback was lifted", measured.arbitration_fault);
  gauge("ai_trader_silent_ms", "Milliseconds since the last proposal of the AI trader", measured.silent);
  gauge(
    "ai_trader_silent_ms_max",
    "Milliseconds for which the AI trader may be silent: two cycles of the desk at least",
    silentMsBound(rule),
  );
  gauge("ai_cost_today_usd", "US dollars for models in this day of UTC", measured.cost);
  gauge("ai_below_baseline_share", "Share by which equity is below its baseline; negative above it", measured.performance);
  gauge("ai_local_only", "1 while a rollback keeps the desk to its rules alone", localOnly ? 1 : 0);
  if (costPerDayUsd !== null) gauge("ai_cost_per_day_usd", "US dollars for models a day of the run", costPerDayUsd);
  if (costPerTradeUsd !== null) gauge("ai_cost_per_trade_usd", "US dollars for models a closed trade", costPerTradeUsd);
  const resolved = new Gauge({
    name: "ai_resolutions",
    help: "Arbitrations by how they were resolved",
    labelNames: ["resolution"] as const,
    registers: [registry],
  });
  for (const [resolution, count] of Object.entries(resolutions)) resolved.set({ resolution }, count);
}
