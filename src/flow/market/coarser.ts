import { intervalMs, intervals, type Interval } from "../../words/interval.ts";

/** The interval that is at least `times` base intervals long and made of whole ones. */
export function coarser(base: Interval, times: number): Interval {
  const wanted = intervalMs[base] * times;
  return intervals.find((interval) => intervalMs[interval] >= wanted && intervalMs[interval] % intervalMs[base] === 0) ?? base;
}
