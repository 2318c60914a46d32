import type { Calendar } from "../flow/market/calendar/calendar.ts";
import { nextDueMs, type CouncilTimes } from "../flow/market/calendar/council-week.ts";
import type { Watched } from "../flow/market/watched.ts";
import type { AccountState } from "../journal/account-state.ts";
import type { Watching } from "../runtime/desk.ts";
import type { InstrumentId } from "../words/ids.ts";
import { leaveMs } from "./council-exit.ts";

/**
 * Wakes the desk at the first bar that closes at or after something is due: with the first prices of a session, what fell due before its open.
 * Something that is overdue to be left is due with each of its bars, and so is what a person said yes to and was held up.
 */
export function wakesWhenDue(calendar: Calendar, times: CouncilTimes): NonNullable<Watching["watcher"]> {
  // All funds close their bars at the same instants and ask the same: the answer depends on the instant alone.
  let known = { afterMs: Number.NaN, dueMs: Number.NaN };
  const dueAfter = (afterMs: number): number => {
    if (known.afterMs !== afterMs) known = { afterMs, dueMs: nextDueMs(calendar, afterMs, times) };
    return known.dueMs;
  };
  return (asset: Watched, standing: AccountState) => {
    const leaves = restOf(asset.instrument.id, standing, { calendar, times });
    let dueMs = Number.NaN;
    return () => {
      const { closedMs } = asset;
      if (Number.isNaN(dueMs)) dueMs = dueAfter(closedMs - 1);
      // After the last bar of a session nothing can be done before the next one's first.
      if (closedMs < dueMs) return closedMs >= leaves() && calendar.isOpenMs(closedMs);
      dueMs = dueAfter(closedMs);
      return true;
    };
  };
}

/** From when on each bar is one to act on; never, while nothing is. Worked out anew only when the books have moved or the desk has been awake. */
function restOf(instrument: InstrumentId, standing: AccountState, clock: Parameters<typeof leaveMs>[2]): () => number {
  let [books, wakes, ms] = [-1, -1, Infinity];
  return () => {
    if (standing.bookVersion === books && standing.wakes === wakes) return ms;
    books = standing.bookVersion;
    wakes = standing.wakes;
    const position = standing.position(instrument);
    ms = position === undefined ? Infinity : leaveMs(standing, position, clock);
    if (standing.decisions.council.isHeldUp(instrument)) ms = -Infinity;
    return ms;
  };
}
