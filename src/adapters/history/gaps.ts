import { intervalMs, type Interval } from "../../words/interval.ts";

type Gap = { readonly afterMs: number; readonly beforeMs: number; readonly missing: number };
export type Gaps = { readonly count: number; readonly missing: number; readonly largest: readonly Gap[] };

const listedMax = 10;
const dayMs = 86_400_000;
/** The longest closure of a normal holiday weekend; five whole days between two daily bars is a hole. */
const closedDaysMax = 5;

/**
 * Rows that a whole file would have. Markets that never close have one an interval. Exchange-traded ones are only judged inside
 * one New York day (intraday), and by more than five days between bars (daily): nights, weekends and holidays are no gaps.
 */
export function findGaps(atMs: Float64Array, interval: Interval, sessions: boolean): Gaps {
  const found: Gap[] = [];
  let missing = 0;
  for (let row = 1; row < atMs.length; row++) {
    const afterMs = atMs[row - 1] as number;
    const beforeMs = atMs[row] as number;
    const holes = sessions ? missingInSessions(afterMs, beforeMs, interval) : Math.round((beforeMs - afterMs) / intervalMs[interval]) - 1;
    if (holes <= 0) continue;
    found.push({ afterMs, beforeMs, missing: holes });
    missing += holes;
  }
  const largest = found.toSorted((left, right) => right.missing - left.missing || left.afterMs - right.afterMs).slice(0, listedMax);
  return { count: found.length, missing, largest };
}

function missingInSessions(afterMs: number, beforeMs: number, interval: Interval): number {
  const length = intervalMs[interval];
  if (interval === "1d") return beforeMs - afterMs > closedDaysMax * dayMs ? weekdaysBetween(afterMs, beforeMs) : 0;
  if (interval === "1w") return Math.round((beforeMs - afterMs) / length) - 1;
  const holes = Math.round((beforeMs - afterMs) / length) - 1;
  return holes > 0 && newYorkDate(afterMs) === newYorkDate(beforeMs) ? holes : 0;
}

function weekdaysBetween(afterMs: number, beforeMs: number): number {
  let count = 0;
  for (let at = afterMs + dayMs; at < beforeMs; at += dayMs) {
    const weekday = (Math.floor(at / dayMs) + 4) % 7;
    if (weekday !== 0 && weekday !== 6) count++;
  }
  return count;
}

const newYorkDate = (atMs: number): string =>
  Temporal.Instant.fromEpochMilliseconds(atMs).toZonedDateTimeISO("America/New_York").toPlainDate().toString();
