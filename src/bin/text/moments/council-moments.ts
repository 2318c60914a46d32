import type { Entry } from "../../../journal/entry.ts";
import { factWords } from "../../../journal/fact-line.ts";
import { readableMoney } from "../../../journal/readable.ts";
import { closed, filled, minuteOf, verdict } from "./line-moments.ts";
import type { Moment, Said } from "./moment.ts";
import { ofKind, type EntryOf, type Played } from "./played.ts";

/** A meeting from pitches to the chairman, its trade from a person's yes to the fill, and a checkpoint. */
export function councilMoments(played: Played): readonly Moment[] {
  const shown = ofKind(played.entries, "trade_pending").filter(({ fact }) => fact.action === "enter");
  const met = shown.find(({ fact }) => wasReleased(played, fact.trade)) ?? shown[0];
  const held = ofKind(played.entries, "checkpoint_held");
  const checkpoint = held.find(({ fact }) => fact.action !== "STAY") ?? held[0];
  return [
    ...meeting(played, met?.correlation ?? ofKind(played.entries, "chairman_decided")[0]?.correlation),
    ...(met === undefined ? [] : [approval(played, met, "The trade waits for a person, and nothing is sent before a yes")]),
    ...(checkpoint === undefined ? [] : [checked(played, checkpoint)]),
  ];
}

const releaseOf = (played: Played, trade: string) => ofKind(played.entries, "trade_released").find(({ fact }) => fact.trade === trade);
const wasReleased = (played: Played, trade: string): boolean => releaseOf(played, trade) !== undefined;

function meeting(played: Played, decision: Entry["correlation"]): readonly Moment[] {
  const entries = played.of(decision);
  const chair = ofKind(entries, "chairman_decided")[0];
  if (chair === undefined) return [];
  const pitches = ofKind(entries, "pitched").map(
    ({ fact: { member, pitch } }) => `${member} ${pitch.direction} ${pitch.symbol} ${pitch.conviction > 0 ? "+" : ""}${pitch.conviction}`,
  );
  const [reviewed, ...{ length: others }] = ofKind(entries, "peers_reviewed");
  const labels = reviewed?.fact.labels.map(({ label }) => label) ?? [];
  const lines: Said[] = [
    ...ofKind(entries, "pack_frozen").map(({ fact }) => ({ label: "known", text: factWords(fact) })),
    ...(pitches.length === 0 ? [] : [{ label: "pitched", text: pitches.join(", ") }]),
    ...(reviewed === undefined
      ? []
      : [
          {
            label: "reviewed",
            text: `without names: ${reviewed.fact.reviewer} scores ${labels.join(", ")} on ${reviewed.fact.rubric.length} points, and so do ${others} more`,
          },
        ]),
    ...ofKind(entries, "pitches_ranked").map(({ fact }) => ({ label: "ranked", text: factWords(fact) })),
    { label: "decided", text: factWords(chair.fact), tone: "good" },
  ];
  return [{ at: chair.at, decision, title: "The week's meeting: pitches, blind review, a chairman", lines }];
}

/** From what a person is shown to what came of it. */
function approval(played: Played, shown: EntryOf<"trade_pending">, title: string): Moment {
  return {
    at: shown.at,
    decision: releaseOf(played, shown.fact.trade)?.correlation ?? shown.correlation,
    title,
    lines: approved(played, shown),
  };
}

function approved(
  played: Played,
  { fact: { trade, action, side, instrument, notional, expiresAt } }: EntryOf<"trade_pending">,
): readonly Said[] {
  const [answered] = ofKind(played.entries, "trade_answered").filter(({ fact }) => fact.trade === trade);
  const released = releaseOf(played, trade)?.correlation;
  const entries = played.of(released);
  const name = played.name(instrument);
  const what = action === "enter" ? side : `${action}: ${side}`;
  return [
    { label: "pending", text: `${what} ${name} for about ${readableMoney(notional)}, until ${minuteOf(expiresAt)}`, tone: "warn" },
    ...(answered === undefined
      ? []
      : [{ label: answered.fact.yes ? "approved" : "rejected", text: `by ${answered.fact.by} at ${minuteOf(answered.at)}` }]),
    ...verdict(entries, instrument),
    ...filled(played, entries, instrument),
    ...closed(played.trade(released, instrument), name),
  ];
}

function checked(played: Played, { at, correlation, fact }: EntryOf<"checkpoint_held">): Moment {
  const { time, action, instrument, reason } = fact;
  const exit = ofKind(played.of(correlation), "trade_pending")[0];
  const said = `${time} ${action} ${played.name(instrument)}: ${reason}`;
  const lines: Said[] = [{ label: "checkpoint", text: said, tone: action === "STAY" ? "plain" : "warn" }];
  return {
    at,
    decision: correlation,
    title: "A checkpoint looks at what is held, four times a session",
    lines: [...lines, ...(exit === undefined ? [] : approved(played, exit))],
  };
}
