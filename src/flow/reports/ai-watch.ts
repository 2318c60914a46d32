import { approximately } from "../../words/exact.ts";
import type { Money } from "../../words/money.ts";

/** What the journal says of the AI trader comes in; what a person should be told of it, and whether the desk goes on without it, goes out (DUAL-7, DUAL-8). */

export const aiAlerts = ["slow", "errors", "arbitration_fault", "silent", "cost", "performance"] as const;
export type AiAlert = (typeof aiAlerts)[number];

/** Counted since the journal began or since a person last cleared a rollback, except for the cost, which is of the day. */
export type AiFigures = {
  /** How long the AI trader took in each of the last cycles, newest last. */
  readonly latenciesMs: readonly number[];
  /** Answers of the last minutes, and how many of them were none: timed out, or an error of the provider. */
  readonly answers: number;
  readonly errors: number;
  readonly faults: number;
  /** Since the last proposal of the AI trader. */
  readonly silentMs: number;
  /** In this day of UTC. */
  readonly cost: Money;
  /** Equity over its baseline, less one: -0.2 is a fifth below it. */
  readonly againstBaseline: number;
};

/** Every limit is passed by what is above it, and not by what is equal. */
export type AiLimits = {
  /** A cycle is slow when its AI trader took longer. */
  readonly latencyMsMax: number;
  /** So many slow cycles in a row are still no reason. */
  readonly slowCyclesMax: number;
  readonly errorShareMax: number;
  readonly costMax: Money;
  /** By this share equity may be below its baseline. */
  readonly belowBaselineMax: number;
};

export type AiWatchRule = {
  readonly alert: AiLimits & { readonly silentMsMax: number };
  readonly rollback: AiLimits;
  /** Fewer answers say nothing of a share. */
  readonly answersMin: number;
  /** From one decision of the desk to the next. */
  readonly cycleMs: number;
};

/**
 * How long the AI trader may be silent: as configured, and for two cycles where those are longer. It is asked once a cycle, so that on bars
 * of an hour a bound of half an hour would be passed by every cycle in which it wants nothing.
 */
export const silentMsBound = ({ alert, cycleMs }: Pick<AiWatchRule, "alert" | "cycleMs">): number =>
  Math.max(alert.silentMsMax, 2 * cycleMs);

export type AiAlarm = {
  readonly alert: AiAlert;
  readonly measured: number;
  readonly limit: number;
};

export type AiFindings = { readonly alerts: readonly AiAlarm[]; readonly rollback: AiAlarm | undefined };

export function watchAi(figures: AiFigures, rule: AiWatchRule): AiFindings {
  const { alert, rollback, answersMin } = rule;
  const silent: AiAlarm = { alert: "silent", measured: figures.silentMs, limit: silentMsBound(rule) };
  return {
    alerts: [...alarms(figures, alert, answersMin), ...(silent.measured > silent.limit ? [silent] : [])],
    rollback: alarms(figures, rollback, answersMin)[0],
  };
}

/** What each alert compares with its limit. */
export function aiMeasures(
  { latenciesMs, answers, errors, faults, silentMs, cost, againstBaseline }: AiFigures,
  { latencyMsMax }: Pick<AiLimits, "latencyMsMax">,
  answersMin: number,
): Readonly<Record<AiAlert, number>> {
  const quickAt = latenciesMs.findLastIndex((latencyMs) => !(latencyMs > latencyMsMax));
  return {
    slow: latenciesMs.length - 1 - quickAt,
    errors: answers < answersMin ? 0 : errors / answers,
    arbitration_fault: faults,
    silent: silentMs,
    cost: approximately(cost),
    performance: -againstBaseline,
  };
}

function alarms(figures: AiFigures, limits: AiLimits, answersMin: number): readonly AiAlarm[] {
  const measured = aiMeasures(figures, limits, answersMin);
  const judged: readonly AiAlarm[] = [
    { alert: "slow", measured: measured.slow, limit: limits.slowCyclesMax },
    { alert: "errors", measured: measured.errors, limit: limits.errorShareMax },
    { alert: "arbitration_fault", measured: measured.arbitration_fault, limit: 0 },
    { alert: "cost", measured: measured.cost, limit: approximately(limits.costMax) },
    { alert: "performance", measured: measured.performance, limit: limits.belowBaselineMax },
  ];
  return judged.filter((each) => each.measured > each.limit);
}
