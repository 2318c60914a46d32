import { instantOfMs, msOf } from "../../../words/instant.ts";
import { invariant, present } from "../../../words/invariant.ts";
import type { Calendar, Session } from "./calendar.ts";
import { xnysYears } from "./xnys-rules.ts";
import { xnysYear, type SessionTimes, type SessionYear } from "./xnys-year.ts";

const timeZone = "America/New_York";
/** The core session of NYSE Rule 7.34 and its early close; options on some indices trade a quarter of an hour longer. */
const coreSession: SessionTimes = {
  open: Temporal.PlainTime.from("09:30"),
  close: Temporal.PlainTime.from("16:00"),
  earlyClose: Temporal.PlainTime.from("13:00"),
};

const held = `${xnysYears.first} to ${xnysYears.last}`;
const startOfYear = (year: number): number =>
  Temporal.PlainDate.from({ year, month: 1, day: 1 }).toZonedDateTime(timeZone).epochMilliseconds;
const heldFromMs = startOfYear(xnysYears.first);
const heldUntilMs = startOfYear(xnysYears.last + 1);

const isHeld = (year: number): boolean => year >= xnysYears.first && year <= xnysYears.last;

/** Time without an edge inside: one session, or all that lies between two. Neighbours past the years that are held are undefined. */
type Stretch = {
  readonly fromMs: number;
  readonly untilMs: number;
  readonly open: boolean;
  /** The last session that has closed. */
  readonly closed: Session | undefined;
  /** The session that is open now, or else the first to open. */
  readonly coming: Session | undefined;
};

/**
 * The New York Stock Exchange, and with it every US equity and equity option. Hours are configurable (OPT-7), in whole minutes:
 * open < earlyClose <= close. The years and the last stretch asked for are remembered; answers stay a function of the arguments.
 */
export function xnys(configured: Partial<SessionTimes> = {}): Calendar {
  const times = { ...coreSession, ...configured };
  checkTimes(times);
  const years = new Map<number, SessionYear>();
  let last: Stretch = { fromMs: heldUntilMs, untilMs: heldUntilMs, open: false, closed: undefined, coming: undefined };

  function session(date: Temporal.PlainDate): Session | undefined {
    invariant(isHeld(date.year), `the New York calendar holds ${held} and does not guess at ${date.year}`);
    let year = years.get(date.year);
    if (year === undefined) {
      year = xnysYear(date.year, times, timeZone);
      years.set(date.year, year);
    }
    return year[date.dayOfYear - 1];
  }

  function neighbour(of: Temporal.PlainDate, days: 1 | -1): Session | undefined {
    for (let date = of.add({ days }); isHeld(date.year); date = date.add({ days })) {
      const found = session(date);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  function stretchAt(epochMs: number): Stretch {
    if (epochMs < last.fromMs || epochMs >= last.untilMs) last = findStretch(epochMs);
    return last;
  }

  function findStretch(epochMs: number): Stretch {
    const at = instantOfMs(epochMs);
    invariant(epochMs >= heldFromMs && epochMs < heldUntilMs, `the New York calendar holds ${held} and does not guess at ${at.toString()}`);
    const date = newYorkDate(at);
    const today = session(date);
    const hasClosed = today !== undefined && epochMs >= msOf(today.closeAt);
    const closed = hasClosed ? today : neighbour(date, -1);
    const coming = today === undefined || hasClosed ? neighbour(date, 1) : today;
    const openMs = coming === undefined ? heldUntilMs : msOf(coming.openAt);
    if (coming !== undefined && epochMs >= openMs) return { fromMs: openMs, untilMs: msOf(coming.closeAt), open: true, closed, coming };
    return { fromMs: closed === undefined ? heldFromMs : msOf(closed.closeAt), untilMs: openMs, open: false, closed, coming };
  }

  // Session edges are whole minutes, so an instant's whole milliseconds, rounded down, are on the same side of every edge as the instant.
  const stretchOf = (at: Temporal.Instant): Stretch => stretchAt(msOf(at));
  const following = (of: Stretch): Session => present(of.coming, `the New York calendar holds ${held} and no session after its last`);

  return {
    name: "xnys",
    timeZone,
    covers: (at) => msOf(at) >= heldFromMs && msOf(at) < heldUntilMs,
    session,
    sessionAt: (at) => {
      const stretch = stretchOf(at);
      return stretch.open ? stretch.coming : undefined;
    },
    isOpen: (at) => stretchOf(at).open,
    isOpenMs: (epochMs) => {
      invariant(Number.isSafeInteger(epochMs), "an instant in a column is a whole number of milliseconds");
      return stretchAt(epochMs).open;
    },
    nextOpen: (at) => {
      const stretch = stretchOf(at);
      return stretch.open ? at : following(stretch).openAt;
    },
    nextClose: (at) => following(stretchOf(at)).closeAt,
    previousClose: (at) => present(stretchOf(at).closed, `the New York calendar holds ${held} and no session before its first`).closeAt,
    tradingDay: newYorkDate,
  };
}

const newYorkDate = (at: Temporal.Instant): Temporal.PlainDate => at.toZonedDateTimeISO(timeZone).toPlainDate();

function checkTimes({ open, close, earlyClose }: SessionTimes): void {
  const ordered = Temporal.PlainTime.compare(open, earlyClose) < 0 && Temporal.PlainTime.compare(earlyClose, close) <= 0;
  invariant(ordered, `session times are open < earlyClose <= close, not ${open.toString()}, ${earlyClose.toString()}, ${close.toString()}`);
  const whole = [open, close, earlyClose].every((time) => time.round("minute").equals(time));
  invariant(whole, "session times are whole minutes of the New York clock");
}
