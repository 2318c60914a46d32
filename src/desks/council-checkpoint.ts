import { approximately } from "../words/exact.ts";
import type { CheckpointTime } from "../flow/market/calendar/council-week.ts";
import { checkpointQuestion, type PeerSeen } from "../flow/proposals/checkpoint-question.ts";
import { profileLevels, type CheckpointAnswer } from "../flow/proposals/council-words.ts";
import { readCheckpoint } from "../flow/proposals/read-council.ts";
import type { Position } from "../flow/portfolio/position.ts";
import type { CouncilTrade } from "../journal/council-log.ts";
import { record, type Line } from "../runtime/line.ts";
import type { Turn } from "../runtime/turn.ts";
import { intentId } from "../words/ids.ts";
import { opposite } from "../words/side.ts";
import { movedBps, pricesOf, withDividends } from "./council-meeting.ts";
import { overtake } from "./council-reduce.ts";
import { instrumentOf, show } from "./council-pending.ts";
import type { CouncilSettings } from "./council-settings.ts";
import { putQuestion } from "./put-question.ts";

/** Whole sessions that have ended since the position was opened. */
function heldSessions({ openedAt }: Position, { now }: Turn, { calendar }: CouncilSettings): number {
  let ends = 0;
  for (let at = calendar.nextClose(openedAt); Temporal.Instant.compare(at, now) <= 0; at = calendar.nextClose(at)) ends++;
  return ends;
}

/** One look at an open position: STAY is done by itself, the rest is shown to a person (COUN-8). No research is asked for here. */
export function* checkpoint(
  turn: Turn,
  settings: CouncilSettings,
  time: CheckpointTime,
  reductions: readonly CouncilTrade[],
): Line<string> {
  const { state, correlation } = turn;
  const position = state.positions[0];
  if (position === undefined) return "no_position";
  const { council } = state.decisions;
  // A reduction that is under way waits for nobody: this look comes after it.
  if (council.open.some(({ trade, action }) => action !== "enter" && council.keepOf(trade) === undefined)) return "waits_for_a_person";
  const entry = council.entryOf(position.instrument);
  const symbol = pricesOf(turn).find((each) => instrumentOf(turn, each) === position.instrument);
  if (entry === undefined || symbol === undefined) return "no_price";
  const long = position.quantity > 0n;
  const pnlBps = movedBps(
    { direction: long ? "LONG" : "SHORT" },
    position.averageEntry,
    withDividends(turn, settings, symbol, position.openedAt),
  );
  const own = ownPitch(turn, settings);
  const sight = {
    time,
    symbol: symbol.symbol,
    direction: long ? ("LONG" as const) : ("SHORT" as const),
    conviction: entry.conviction,
    heldSessions: heldSessions(position, turn, settings),
    horizon: entry.horizon,
    entry: position.averageEntry,
    price: symbol.price,
    pnlBps,
    invalidation: own?.pitch.invalidation ?? "",
    thesis: own?.pitch.thesis ?? [entry.rationale],
    indicators: indicatorsOf(turn, position.instrument),
    peers: peersOf(turn, settings),
  };
  const said = yield* putQuestion(
    turn,
    checkpointQuestion(sight, { model: modelOf(settings), prompt: settings.prompts.checkpoint, deadlineMs: settings.deadlineMs }),
  );
  const read = typeof said === "string" ? readCheckpoint(said) : undefined;
  // Whoever is not understood leaves things as they are: stop, target and horizon stand without him.
  if (read?.ok !== true) {
    if (read !== undefined)
      yield record({ kind: "fell_back", why: `unreadable: ${read.error.code}`, detail: read.error.detail }, correlation);
    return read === undefined ? "model_failed" : "unreadable";
  }
  const answer = sound(read.value, entry, long);
  yield record(
    {
      kind: "checkpoint_held",
      week: entry.week,
      time,
      instrument: position.instrument,
      action: answer.action,
      conviction: answer.conviction,
      pnlBps,
      reason: answer.reason,
    },
    correlation,
  );
  yield* overtake(turn, reductions, time);
  if (answer.action === "STAY") return "stays";
  yield* propose(turn, settings, entry, answer, long);
  return `${answer.action.toLowerCase()}_pending`;
}

/** A flip is of whole conviction the other way, and no stronger than what was approved; one without it is an exit. */
function sound(answer: CheckpointAnswer, entry: CouncilTrade, long: boolean): CheckpointAnswer {
  if (answer.action !== "FLIP") return answer;
  const strength = Math.min(Math.abs(Math.trunc(answer.conviction)), Math.abs(entry.conviction));
  const otherWay = Math.sign(answer.conviction) === (long ? -1 : 1);
  return otherWay && strength > 0 ? { ...answer, conviction: (long ? -1 : 1) * strength } : { ...answer, action: "EXIT", conviction: 0 };
}

function* propose(turn: Turn, settings: CouncilSettings, entry: CouncilTrade, answer: CheckpointAnswer, long: boolean): Line {
  const action = ({ EXIT: "exit", REDUCE: "reduce", FLIP: "flip", STAY: "exit" } as const)[answer.action];
  const { stopPct, targetPct } = profileLevels[entry.profile];
  const { week, packHash, profile, horizon, outBefore } = entry;
  yield* show(turn, settings, intentId(`${turn.correlation}.x`), 1, entry.instrument, {
    week,
    packHash,
    action,
    side: opposite[long ? "buy" : "sell"],
    conviction: answer.conviction,
    profile,
    stopPct,
    targetPct,
    horizon,
    entryBy: "market_on_open",
    outBefore,
    rationale: answer.reason,
  });
}

/** The council's own trade is looked after by the chairman, a member's by the member. */
const modelOf = ({ seat, members, models }: CouncilSettings): string =>
  seat.of === "member" ? (members.find(({ name }) => name === seat.member)?.model ?? models.chairman) : models.chairman;

function ownPitch({ state }: Turn, { seat }: CouncilSettings) {
  const { pitched } = state.decisions.council;
  return seat.of === "member" ? pitched.find(({ member }) => member === seat.member) : undefined;
}

function indicatorsOf({ snapshot }: Turn, instrument: Position["instrument"]): Readonly<Record<string, number>> {
  const asset = snapshot.assets.find(({ quote }) => quote.instrument === instrument);
  return asset?.frames.at(-1)?.values ?? {};
}

/** Peers are seen by what they pitched and what the market did since: no account can look into another's. */
function peersOf(turn: Turn, settings: CouncilSettings): readonly PeerSeen[] {
  const prices = pricesOf(turn);
  return turn.state.decisions.council.pitched.flatMap(({ member, pitch, price, at }) => {
    const now = prices.find(({ symbol }) => symbol === pitch.symbol);
    const { symbol, direction, conviction } = pitch;
    return now === undefined || approximately(price) <= 0
      ? []
      : [{ member, symbol, direction, conviction, movedBps: movedBps(pitch, price, withDividends(turn, settings, now, at)) }];
  });
}
