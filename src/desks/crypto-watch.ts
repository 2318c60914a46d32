import { watchAi, type AiAlarm } from "../flow/reports/ai-watch.ts";
import { record, type Line } from "../runtime/line.ts";
import type { Turn } from "../runtime/turn.ts";
import type { CryptoSettings } from "./crypto-settings.ts";

/** Whether a rollback is in force: only a person lifts it. */
export const isLocalOnly = ({ state }: Turn): boolean => state.latches.some(({ name }) => name === "local_only");

/** Tells what the journal gives reason to tell, once as it begins and once as it ends, and goes on without the AI where a limit says so (DUAL-7, DUAL-8). */
export function* watch(turn: Turn, { watch: rule, proposers }: CryptoSettings): Line {
  if (proposers === "rules") return;
  const { state, now, correlation } = turn;
  const { ai } = state.decisions;
  const figures = ai.figures(now, rule.errorWindowMs, rule.answersMin, rule.baselineDailyBps);
  const rolledBack = isLocalOnly(turn);
  const { alerts, rollback } = watchAi(figures, rule);
  // Who is not asked is not silent, and not slow either: what is known of the others stays as it is.
  const present = rolledBack ? alerts.filter(({ alert }) => alert === "cost" || alert === "performance") : alerts;
  for (const alarm of present) if (!ai.alerts.has(alarm.alert)) yield record({ kind: "alerted", alarm, began: true }, correlation);
  // A copy, since recording the end of an alert takes it out of the set.
  for (const alert of Array.from(ai.alerts))
    if (!present.some((alarm) => alarm.alert === alert))
      yield record({ kind: "alerted", alarm: { alert, measured: 0, limit: 0 }, began: false }, correlation);
  if (rollback === undefined || rolledBack) return;
  const reason = because(rollback);
  yield record({ kind: "latched", latch: { name: "local_only", level: "none", by: "crypto desk", reason, latchedAt: now } }, correlation);
}

const words: Readonly<Record<AiAlarm["alert"], string>> = {
  slow: "slow cycles of the AI trader in a row",
  errors: "share of model calls without an answer",
  arbitration_fault: "arbitration faults",
  silent: "ms without a proposal of the AI trader",
  cost: "USD for models today",
  performance: "share below the baseline",
};

const because = ({ alert, measured, limit }: AiAlarm): string =>
  `${alert}: ${Math.round(measured * 1e4) / 1e4} ${words[alert]}, at most ${limit}`;
