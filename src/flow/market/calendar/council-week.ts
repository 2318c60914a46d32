import { instantOfMs, msOf } from "../../../words/instant.ts";
import type { Calendar } from "./calendar.ts";

/** A stretch of time comes in; what a council has to do in it goes out, by the exchange's own days (COUN-1, COUN-8). */

export const checkpointTimes = ["09:00", "12:00", "14:00", "15:50"] as const;
export type CheckpointTime = (typeof checkpointTimes)[number];

export type CouncilTimes = {
  /** New York time of the weekly meeting. */
  readonly meetingTime: string;
  /** How long a person has before the desk looks for answers. */
  readonly answerMinutes: number;
};

export type Due = {
  readonly what: "meeting" | "checkpoint" | "answers";
  /** Of a checkpoint, by its own name also on a short day. */
  readonly time?: CheckpointTime;
  readonly dueMs: number;
  /** The session's date. */
  readonly date: string;
};

const wednesday = 3;
const minuteMs = 60_000;
/** What a person says of the last checkpoint is still carried out before the close. */
const lastAnswersMinutes = 5;
const plainClose = Temporal.PlainTime.from("16:00");

/**
 * Everything that fell due after `fromMs` and until `untilMs`, in order. The meeting is on Wednesday or, where that is no session, on
 * the next session of its week. A checkpoint at or after an early close is left out, and the last one keeps its distance to the close.
 */
export function councilDue(calendar: Calendar, fromMs: number, untilMs: number, times: CouncilTimes): readonly Due[] {
  const found: Due[] = [];
  if (untilMs <= fromMs) return found;
  const last = calendar.tradingDay(instantOfMs(untilMs));
  for (let date = calendar.tradingDay(instantOfMs(fromMs)); Temporal.PlainDate.compare(date, last) <= 0; date = date.add({ days: 1 }))
    for (const due of dueOn(calendar, date, times)) if (due.dueMs > fromMs && due.dueMs <= untilMs) found.push(due);
  return found;
}

/** The first thing that falls due after this. */
export function nextDueMs(calendar: Calendar, afterMs: number, times: CouncilTimes): number {
  for (
    let date = calendar.tradingDay(instantOfMs(afterMs));
    calendar.covers(date.toZonedDateTime(calendar.timeZone).toInstant());
    date = date.add({ days: 1 })
  ) {
    const next = dueOn(calendar, date, times).find(({ dueMs }) => dueMs > afterMs);
    if (next !== undefined) return next.dueMs;
  }
  return Infinity;
}

function dueOn(calendar: Calendar, date: Temporal.PlainDate, { meetingTime, answerMinutes }: CouncilTimes): readonly Due[] {
  const session = calendar.session(date);
  if (session === undefined) return [];
  const day = date.toString();
  const closeMs = msOf(session.closeAt);
  const at = (time: Temporal.PlainTime): number => date.toZonedDateTime({ timeZone: calendar.timeZone, plainTime: time }).epochMilliseconds;
  const main: Due[] = [];
  if (isMeetingDay(calendar, date)) main.push({ what: "meeting", dueMs: at(Temporal.PlainTime.from(meetingTime)), date: day });
  for (const time of checkpointTimes) {
    const plain = Temporal.PlainTime.from(time);
    const isLast = time === "15:50";
    const dueMs = isLast ? closeMs - plainClose.since(plain).total("milliseconds") : at(plain);
    if (isLast || dueMs < closeMs) main.push({ what: "checkpoint", time, dueMs, date: day });
  }
  // Before the open nothing can be executed: who answered by then is heard with the first prices.
  const openMs = msOf(session.openAt);
  const latestMs = closeMs - lastAnswersMinutes * minuteMs;
  const answersMs = new Set(main.map(({ dueMs }) => Math.min(Math.max(dueMs, openMs) + answerMinutes * minuteMs, latestMs)));
  const answers = [...answersMs].map((dueMs): Due => ({ what: "answers", dueMs, date: day }));
  return [...main, ...answers].sort((a, b) => a.dueMs - b.dueMs);
}

function isMeetingDay(calendar: Calendar, date: Temporal.PlainDate): boolean {
  if (date.dayOfWeek < wednesday) return false;
  for (let day = date.subtract({ days: date.dayOfWeek - wednesday }); Temporal.PlainDate.compare(day, date) < 0; day = day.add({ days: 1 }))
    if (calendar.session(day) !== undefined) return false;
  return calendar.session(date) !== undefined;
}
