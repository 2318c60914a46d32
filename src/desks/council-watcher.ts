import type { Calendar } from "../flow/market/calendar/calendar.ts";
import { nextDueMs, type CouncilTimes } from "../flow/market/calendar/council-week.ts";
import type { Watched } from "../flow/market/watched.ts";
import type { Watching } from "../runtime/desk.ts";

/** Wakes the desk at the first bar that closes at or after something is due: with the first prices of a session, what fell due before its open. */
export const wakesWhenDue =
  (calendar: Calendar, times: CouncilTimes): NonNullable<Watching["watcher"]> =>
  (asset: Watched) => {
    let dueMs = Number.NaN;
    return () => {
      const { closedMs } = asset;
      if (Number.isNaN(dueMs)) dueMs = nextDueMs(calendar, closedMs - 1, times);
      if (closedMs < dueMs) return false;
      dueMs = nextDueMs(calendar, closedMs, times);
      return true;
    };
  };
