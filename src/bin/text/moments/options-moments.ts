import type { GateRefusal } from "../../../flow/resolution/option-situation.ts";
import type { Entry } from "../../../journal/entry.ts";
import type { FactOf } from "../../../journal/fact.ts";
import { factWords } from "../../../journal/fact-line.ts";
import { readablePercent } from "../../../journal/readable.ts";
import type { InstrumentId } from "../../../words/ids.ts";
import { closed, filled, minuteOf, verdict } from "./line-moments.ts";
import type { Moment, Said } from "./moment.ts";
import { ofKind, type EntryOf, type Played } from "./played.ts";

/** An entry through both gates, an answer stopped by each, a hard rail that asks nobody, and an expiry where there was one. */
export function optionsMoments(played: Played): readonly Moment[] {
  const { entries } = played;
  const gated = ofKind(entries, "option_gated");
  const stopped = gated.find(({ fact }) => fact.outcome === "gate1_blocked");
  return [
    ...entry(played, gated),
    ...(stopped === undefined ? [] : [gateMoment(played, stopped, "Gate 1, measured: an opinion alone does not sell", [])]),
    ...leftToPerson(played, gated),
    ...hardRail(played),
    ...expiry(played),
  ];
}

/** One that a hard rail ended later tells the most: the two are told of one contract. */
function entry(played: Played, gated: readonly EntryOf<"option_gated">[]): readonly Moment[] {
  const acted = gated.filter(
    ({ correlation, fact }) => fact.decision === "entry" && fact.acts && tradedIn(played.of(correlation), fact.instrument),
  );
  const railed = new Set(ofKind(played.entries, "hard_rail_fired").map(({ fact }) => fact.instrument));
  const told = acted.find(({ fact }) => railed.has(fact.instrument)) ?? acted[0];
  if (told === undefined) return [];
  const entries = played.of(told.correlation);
  const { instrument } = told.fact;
  const after = [
    ...verdict(entries, instrument),
    ...filled(played, entries, instrument),
    // A rail's end of it is a moment of its own.
    ...(railed.has(instrument) ? [] : closed(played.trade(told.correlation, instrument), played.name(instrument))),
  ];
  return [gateMoment(played, told, "An entry that both gates let through", after)];
}

const tradedIn = (entries: readonly Entry[], id: InstrumentId): boolean =>
  ofKind(entries, "filled").some(({ fact }) => fact.fill.instrument === id);

function leftToPerson(played: Played, gated: readonly EntryOf<"option_gated">[]): readonly Moment[] {
  const [asked] = ofKind(played.entries, "person_asked").filter(({ fact }) => fact.why === "manual_fallback");
  if (asked === undefined) return [];
  const { item, symbol, decision, expiresAt } = asked.fact;
  const doubted = gated.find(
    ({ correlation, fact }) => correlation === asked.correlation && fact.symbol === symbol && fact.decision === decision,
  );
  if (doubted === undefined) return [];
  const answered = ofKind(played.entries, "person_answered").find(({ fact }) => fact.item === item);
  const expired = ofKind(played.entries, "person_expired").find(({ fact }) => fact.item === item);
  const after: Said[] = [{ label: "person", text: `waits in the queue until ${minuteOf(expiresAt)}`, tone: "warn" }];
  if (answered !== undefined) after.push({ label: "answered", text: `${answered.fact.action} by ${answered.fact.by}` });
  if (expired !== undefined) after.push({ label: "expired", text: "nobody answered in time, so nothing was done" });
  return [gateMoment(played, doubted, "Gate 2, confidence: a doubtful answer goes to a person", after)];
}

function gateMoment(played: Played, { at, correlation, fact }: EntryOf<"option_gated">, title: string, after: readonly Said[]): Moment {
  const { decision, action, confidence, instrument } = fact;
  const proposal = ofKind(played.of(correlation), "proposed").find((each) => each.fact.proposal.instrument === instrument)?.fact.proposal;
  const why = proposal === undefined ? "" : `: ${proposal.rationale}`;
  const asked = decision === "entry" ? `buy the ${played.name(instrument)}?` : `sell the ${played.name(instrument)}?`;
  const lines: Said[] = [
    { label: "asked", text: asked },
    { label: "model", text: `${action}, ${readablePercent(confidence)} sure${why}` },
    gate(fact, 1),
    gate(fact, 2),
  ];
  return { at, decision: correlation, title, lines: [...lines, ...after] };
}

/** Gate 1 objects to answers that would act; the others pass it as decisions. */
function gate({ gate1, gate2, reasons }: FactOf<"option_gated">, number: 1 | 2): Said {
  const passed = number === 1 ? gate1 : gate2;
  const why = reasons.filter((reason) => reason.gate === number).map(reasonText);
  return passed
    ? { label: `gate ${number}`, text: "passed", tone: "good" }
    : { label: `gate ${number}`, text: `stopped: ${why.join(", ")}`, tone: "bad" };
}

const reasonText = ({ code, measured, limit }: GateRefusal): string =>
  `${code}${measured === undefined ? "" : ` ${rounded(measured)}`}${limit === undefined ? "" : ` against ${rounded(limit)}`}`;

const rounded = (value: number): string => String(Math.round(value * 100) / 100);

function hardRail(played: Played): readonly Moment[] {
  const fired = ofKind(played.entries, "hard_rail_fired");
  const told = fired.find(({ correlation, fact }) => tradedIn(played.of(correlation), fact.instrument)) ?? fired[0];
  if (told === undefined) return [];
  const { rail, reasons, instrument } = told.fact;
  const entries = played.of(told.correlation);
  const trade = played.state.trades.find((each) => each.instrument === instrument && Temporal.Instant.compare(each.closedAt, told.at) >= 0);
  const lines: Said[] = [
    { label: "hard rail", text: `${rail} on the ${played.name(instrument)}: ${reasons.map(reasonText).join(", ")}`, tone: "warn" },
    ...filled(played, entries, instrument),
    ...closed(trade, `the ${played.name(instrument)}`, `by ${rail}`),
  ];
  return [{ at: told.at, decision: told.correlation, title: "A hard rail closes a position, and no model is asked", lines }];
}

/** Desks that sell by the day's close hold nothing into it; a run that does tells of it. */
function expiry({ entries }: Played): readonly Moment[] {
  const [ended] = [...ofKind(entries, "option_expired"), ...ofKind(entries, "option_exercised"), ...ofKind(entries, "option_assigned")];
  if (ended === undefined) return [];
  const label = ended.fact.kind.replace("option_", "");
  return [
    { at: ended.at, decision: ended.correlation, title: "A contract comes to its end", lines: [{ label, text: factWords(ended.fact) }] },
  ];
}
