import { exitMs, outBeforeMs } from "../flow/market/calendar/council-exit.ts";
import type { Position } from "../flow/portfolio/position.ts";
import { horizonSessions, type Horizon } from "../flow/proposals/council-words.ts";
import type { AccountState } from "../journal/account-state.ts";
import type { CouncilLog, CouncilTrade } from "../journal/council-log.ts";
import { closePosition } from "../runtime/countersign.ts";
import type { Line } from "../runtime/line.ts";
import type { Turn } from "../runtime/turn.ts";
import type { CouncilSettings } from "./council-settings.ts";

/** When what was approved only until now is left, and that it is left to the last share (COUN-11). */

type Clock = Pick<CouncilSettings, "calendar" | "times">;

/**
 * Closes what is overdue, at every wake until nothing is left of it: an order that leaves is immediate or cancelled, and a thin fund may take
 * only a part of it.
 */
export function* leaveInTime(turn: Turn, settings: CouncilSettings): Line<string | undefined> {
  const { state, now, correlation } = turn;
  let done: string | undefined;
  for (const position of state.positions) {
    const entry = state.decisions.council.entryOf(position.instrument);
    if (entry === undefined || now.epochMilliseconds < leaveMs(state, position, settings)) continue;
    const why = whyOf(entry, turn, settings);
    // An exit that was carried out at this very wake is on its way, and nothing is left behind yet.
    if (why === "exits_still" && isOnItsWay(turn, position)) continue;
    yield* closePosition(turn, position.instrument, entry.trade, correlation);
    done = why;
  }
  return done;
}

const isOnItsWay = ({ state }: Turn, { instrument }: Position): boolean =>
  state.openOrders.some((order) => order.instrument === instrument && order.purpose === "close");

/** From when on a position is to be left; one that no trade of a council stands behind is not the desk's to leave. */
export function leaveMs({ decisions: { council } }: AccountState, { instrument, openedAt }: Position, { calendar, times }: Clock): number {
  const entry = council.entryOf(instrument);
  if (entry === undefined) return Infinity;
  // The meeting closes the old week's trade, and a person's exit this week's; what they left of it is overdue, whatever its horizon.
  if (isOfOldWeek(entry, council) || isLeftBehind(entry, council)) return -Infinity;
  return exitMs(calendar, times, {
    openedMs: openedAt.epochMilliseconds,
    sessions: horizonSessions[entry.horizon as Horizon],
    eventMs: firstEvent(entry.outBefore),
  });
}

const isOfOldWeek = ({ week }: CouncilTrade, { seat, week: held }: CouncilLog): boolean => {
  const now = seat?.week ?? held?.week;
  return now !== undefined && now !== week;
};

const isLeftBehind = ({ instrument, shownAt }: CouncilTrade, { trades }: CouncilLog): boolean =>
  trades.some(
    (of) =>
      of.instrument === instrument && of.action === "exit" && of.status === "executed" && Temporal.Instant.compare(of.shownAt, shownAt) > 0,
  );

function whyOf(entry: CouncilTrade, { state, now }: Turn, { calendar, times }: Clock): string {
  const event = firstEvent(entry.outBefore);
  if (event !== undefined && outBeforeMs(calendar, times, event) <= now.epochMilliseconds) return "out_before_event";
  const { council } = state.decisions;
  if (isOfOldWeek(entry, council)) return "week_over";
  return isLeftBehind(entry, council) ? "exits_still" : "horizon_reached";
}

/** The first of the instants behind names such as `NFP@2020-01-10T13:30:00Z`. */
export function firstEvent(outBefore: readonly string[]): number | undefined {
  const instants = outBefore.map((each) => Temporal.Instant.from(each.slice(each.indexOf("@") + 1)).epochMilliseconds);
  return instants.length === 0 ? undefined : Math.min(...instants);
}
