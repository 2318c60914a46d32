import type { PerformanceSample } from "./performance-sample.ts";

type Run = { readonly desk: string; readonly sample: Pick<PerformanceSample, "dailyReturns"> };

/** From here on the longer run has had so much more time that trades and drawdowns differ for that alone. */
const longerTimes = 1.5;

/** Two runs come in; why a difference between them need not be one of how they traded goes out, nothing where they are alike. */
export function unlikeness(baseline: Run, recent: Run): readonly string[] {
  const days = [baseline, recent].map(({ sample }) => sample.dailyReturns.length);
  const [least, most] = [Math.min(...days), Math.max(...days)];
  return [
    ...(baseline.desk === recent.desk
      ? []
      : [`the baseline is of the ${baseline.desk} desk and the recent run of the ${recent.desk} desk`]),
    ...(most < least * longerTimes || most === least
      ? []
      : [`${days[0] ?? 0} days against ${days[1] ?? 0}: trades and drawdown grow with the days alone`]),
  ];
}
