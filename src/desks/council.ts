import { councilDue } from "../flow/market/calendar/council-week.ts";
import { closePosition } from "../runtime/countersign.ts";
import { record, type Line } from "../runtime/line.ts";
import type { Turn } from "../runtime/turn.ts";
import { deskId, intentId } from "../words/ids.ts";
import { checkpoint } from "./council-checkpoint.ts";
import { leaveInTime } from "./council-exit.ts";
import { holdMeeting, type Mandate } from "./council-meeting.ts";
import { askAbout, expire, showEntry, supersede } from "./council-pending.ts";
import { finish, underWay } from "./council-reduce.ts";
import { release } from "./council-release.ts";
import type { CouncilSettings } from "./council-settings.ts";
import { Tally } from "./tally.ts";

export const council = { id: deskId("council"), cycle };

/** One wake of a council's account: what fell due since it last looked, in the order in which a week goes (COUN-1, COUN-6 to COUN-8). */
function* cycle(turn: Turn, settings: CouncilSettings): Line {
  const { snapshot, state, correlation, now } = turn;
  const fromMs = state.decisions.council.lookedMs ?? state.openedAt.epochMilliseconds;
  const due = councilDue(settings.calendar, fromMs, now.epochMilliseconds, settings.times);

  // Observe.
  yield record(
    { kind: "woke", trigger: turn.trigger, strategy: settings.strategy.name, equity: state.equityAt(snapshot), snapshot },
    correlation,
  );
  const tally = new Tally([account]);
  const meeting = due.findLast(({ what }) => what === "meeting");
  const look = due.findLast(({ what }) => what === "checkpoint");
  if (settings.seat.of === "flat") {
    tally.count(account, "stays_flat");
    yield record(tally.scanned(), correlation);
    return;
  }

  // People first: what they answered is carried out, what they let pass is over.
  const done = [...(yield* finish(turn))];
  yield* expire(turn);
  // Nobody is asked at a wake that is for the rest of an old trade alone: what he says yes to would find that trade in its way.
  if (due.length > 0) yield* askAbout(turn);
  const before = underWay(turn);
  done.push(...(yield* release(turn, settings, look === undefined && meeting === undefined)));
  const left = yield* leaveInTime(turn, settings);
  if (left !== undefined) done.push(left);

  // Propose: the week's meeting, or a look at what is held.
  if (meeting !== undefined) done.push(yield* newWeek(turn, settings, meeting.date));
  else if (look?.time !== undefined && left === undefined) done.push(yield* checkpoint(turn, settings, look.time, before));

  // Review.
  tally.count(account, done.at(-1) ?? "nothing_due");
  yield record(tally.scanned(), correlation);
}

/** A council decides about an account and not about an asset: that is what its scans count. */
const account = "account";

/** The old week's trade ends with it, and the new one's waits for a person. */
function* newWeek(turn: Turn, settings: CouncilSettings, week: string): Line<string> {
  const { state, correlation } = turn;
  yield* supersede(turn);
  for (const { instrument } of state.positions) yield* closePosition(turn, instrument, intentId(`${correlation}.w`), correlation);
  const { seat } = settings;
  const mandate = seat.of === "member" ? yield* takeSeat(turn, settings, week) : yield* holdMeeting(turn, settings, week);
  if (mandate === undefined) return seat.of === "member" ? "no_pitch" : "no_trade";
  return yield* showEntry(turn, settings, mandate, eventsOf(turn, settings, mandate));
}

/** A member's account writes down what it takes from the minutes: its own journal tells its story alone. */
function* takeSeat(turn: Turn, settings: CouncilSettings, week: string): Line<Mandate | undefined> {
  const { correlation } = turn;
  const { seat } = settings;
  if (seat.of !== "member") return undefined;
  const minutes = seat.minutes(week);
  const own = minutes?.pitched.find(({ member }) => member === seat.member);
  const packHash = minutes?.packHash ?? "";
  const why = minutes === undefined ? "there was no council" : own === undefined ? "it was not heard" : "";
  yield record(
    { kind: "seated", week, member: seat.member, packHash, ...(own === undefined ? {} : { pitch: own.pitch }), why },
    correlation,
  );
  for (const pitched of minutes?.pitched ?? []) yield record({ kind: "pitched", week, ...pitched }, correlation);
  if (own === undefined || own.pitch.direction === "FLAT") return undefined;
  return { week, packHash, pitch: own.pitch, rationale: own.pitch.thesis[0] ?? "" };
}

/** Named in a pitch and known to the calendar of events: with its instant, so that nobody has to look it up again. */
function eventsOf({ now }: Turn, { eventList }: CouncilSettings, { pitch }: Mandate): readonly string[] {
  return eventList
    .filter(({ name, at }) => pitch.outBefore.includes(name) && Temporal.Instant.compare(at, now) > 0)
    .map(({ name, at }) => `${name}@${at.toString()}`);
}
