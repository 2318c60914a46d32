import { instantOfMs, msOf } from "../../../words/instant.ts";
import type { Calendar } from "./calendar.ts";
import { councilDue, type CouncilTimes } from "./council-week.ts";

/** When a trade was opened and what it was approved until come in; the instant goes out from which on it is to be left, until it is (COUN-11). */

type Until = {
  readonly openedMs: number;
  /** How many sessions it is held, the one that it was opened in with them. */
  readonly sessions: number;
  /** The first event that it is to be out before. */
  readonly eventMs?: number | undefined;
};

const dayMs = 86_400_000;
/** No market is closed for longer. */
const awayMs = 8 * dayMs;
/** A thin fund takes more than a bar's worth to leave: the way out begins with this much of the market ahead. */
const roomMs = 30 * 60_000;

export function exitMs(calendar: Calendar, times: CouncilTimes, { openedMs, sessions, eventMs }: Until): number {
  const over = overMs(calendar, times, openedMs, sessions);
  return eventMs === undefined ? over : Math.min(over, outBeforeMs(calendar, times, eventMs));
}

/** The last checkpoint of the last session of a horizon. A session whose last checkpoint is over when it is opened does not count. */
function overMs(calendar: Calendar, times: CouncilTimes, openedMs: number, sessions: number): number {
  let [at, left] = [openedMs, sessions];
  for (;;) {
    const closeMs = msOf(calendar.nextClose(instantOfMs(at)));
    const last = councilDue(calendar, closeMs - dayMs / 2, closeMs, times).findLast(({ what }) => what === "checkpoint");
    if (last !== undefined && last.dueMs > openedMs) left--;
    if (last !== undefined && left <= 0) return last.dueMs;
    at = closeMs + 1;
  }
}

/** The last checkpoint that leaves half an hour of its session before the event; where there is none, it is too late already. */
export function outBeforeMs(calendar: Calendar, times: CouncilTimes, eventMs: number): number {
  const last = councilDue(calendar, eventMs - awayMs, eventMs, times).findLast(({ what, dueMs }) => {
    if (what !== "checkpoint") return false;
    const startMs = msOf(calendar.nextOpen(instantOfMs(dueMs)));
    return startMs + roomMs <= Math.min(eventMs, msOf(calendar.nextClose(instantOfMs(startMs))));
  });
  return last?.dueMs ?? -Infinity;
}
