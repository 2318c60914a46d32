import { approximately } from "../words/exact.ts";
import { paidBetween } from "../flow/market/ex-dividend.ts";
import { pitchQuestion, type CouncilPrice } from "../flow/proposals/council-questions.ts";
import { councilSymbols, type CouncilSymbol, type Pitch } from "../flow/proposals/council-words.ts";
import { checkPitch, readPitch } from "../flow/proposals/read-pitch.ts";
import type { CouncilPack } from "../flow/proposals/council-pack.ts";
import type { Pitched } from "../flow/resolution/chairman-bounds.ts";
import { record, type Line } from "../runtime/line.ts";
import type { Turn } from "../runtime/turn.ts";
import { plusPrice, priceOfUnits, type Price } from "../words/price.ts";
import { chair, review } from "./council-peers.ts";
import { research } from "./council-research.ts";
import type { CouncilSettings } from "./council-settings.ts";
import { putQuestions } from "./put-question.ts";

/** What an account takes home from a meeting: a trade to be shown to a person. */
export type Mandate = { readonly week: string; readonly packHash: string; readonly pitch: Pitch; readonly rationale: string };

export function pricesOf({ snapshot, state }: Turn): readonly CouncilPrice[] {
  return snapshot.assets.flatMap(({ quote }) => {
    const symbol = councilSymbols.find((each) => each === state.instrument(quote.instrument).symbol);
    return symbol === undefined ? [] : [{ symbol, price: quote.last }];
  });
}

/** One meeting: last week's pitches scored, the pack, the pitches, the reviews, the decision (COUN-1). Its length is that of four answers. */
export function* holdMeeting(turn: Turn, settings: CouncilSettings, week: string): Line<Mandate | undefined> {
  const { correlation } = turn;
  const prices = pricesOf(turn);
  yield* resolvePitches(turn, settings, prices);
  const found = yield* research(turn, settings, week, prices);
  if (found === undefined) return undefined;
  const { pack, packHash } = found;
  yield* nameAbsent(turn, week, prices);

  const pitches = yield* pitch(turn, settings, pack, prices);
  if (pitches.length < settings.quorum) {
    yield record({ kind: "no_quorum", week, heard: pitches.length, quorum: settings.quorum }, correlation);
    return undefined;
  }
  const reviewed = yield* review(turn, settings, pack, pitches);
  const { by, trade, backers } = yield* chair(turn, settings, pack, pitches, reviewed);
  const backing = pitches.filter(({ member }) => backers.includes(member)).map((each) => each.pitch);
  const first = backing[0];
  if (trade.direction === "FLAT" || first === undefined) return undefined;
  return {
    week,
    packHash,
    // What the backers asked to be out before holds for the council as well.
    pitch: {
      ...first,
      ...trade,
      entryBy: "market_on_open",
      limit: undefined,
      outBefore: [...new Set(backing.flatMap(({ outBefore }) => outBefore))],
    },
    rationale: `by the ${by}, backed by ${backers.join(", ")}`,
  };
}

/** Funds that have no price just now, by name and with why: no member may pitch them this week. */
function* nameAbsent({ snapshot, state, correlation }: Turn, week: string, prices: readonly CouncilPrice[]): Line {
  for (const symbol of councilSymbols) {
    if (prices.some((each) => each.symbol === symbol)) continue;
    const why = snapshot.leftOut.find(({ instrument }) => state.instrument(instrument).symbol === symbol)?.why ?? "no_data";
    yield record({ kind: "left_out", week, member: symbol, as: "fund", why, detail: "" }, correlation);
  }
}

/** All members at once; one who fails, or pitches what is not his, is named and the rest go on (COUN-3, COUN-10). */
function* pitch(turn: Turn, settings: CouncilSettings, pack: CouncilPack, prices: readonly CouncilPrice[]): Line<readonly Pitched[]> {
  const { correlation } = turn;
  const { members, prompts, deadlineMs } = settings;
  const known: readonly CouncilSymbol[] = prices.map(({ symbol }) => symbol);
  const answers = yield* putQuestions(
    turn,
    members.map((member) => {
      const mandate = member.mandate.filter((symbol) => known.includes(symbol));
      return pitchQuestion(pack, prices, { ...member, mandate }, { model: member.model, prompt: prompts.pm, deadlineMs });
    }),
  );
  const heard: Pitched[] = [];
  for (const [at, { name, model, mandate }] of members.entries()) {
    const read = pitchIn(answers[at], mandate, known);
    if ("why" in read) {
      yield record({ kind: "left_out", week: pack.week, member: name, as: "pm", ...read }, correlation);
      continue;
    }
    const price = prices.find(({ symbol }) => symbol === read.pitch.symbol)?.price ?? priceOfUnits(0n);
    yield record({ kind: "pitched", week: pack.week, member: name, model, price, pitch: read.pitch }, correlation);
    heard.push({ member: name, pitch: read.pitch });
  }
  return heard;
}

function pitchIn(
  said: string | { readonly none: string } | undefined,
  mandate: readonly CouncilSymbol[],
  known: readonly CouncilSymbol[],
): { readonly pitch: Pitch } | { readonly why: string; readonly detail: string } {
  if (typeof said !== "string") return { why: said?.none ?? "model_failed", detail: "" };
  const read = readPitch(said);
  if (!read.ok) return { why: "unreadable", detail: `${read.error.code}: ${read.error.detail}` };
  const fault = checkPitch(read.value, mandate, known);
  return fault === undefined ? { pitch: read.value } : { why: fault.code, detail: fault.detail };
}

/** What last week's pitches came to by the market alone, whoever traded them: reviewers are held against this and not against luck with fills. */
function* resolvePitches(turn: Turn, settings: CouncilSettings, prices: readonly CouncilPrice[]): Line {
  const { state, correlation } = turn;
  const { week, pitched } = state.decisions.council;
  if (week === undefined) return;
  for (const { member, pitch: of, price, at } of pitched) {
    const now = prices.find(({ symbol }) => symbol === of.symbol);
    if (now === undefined) continue;
    const gainBps = movedBps(of, price, withDividends(turn, settings, now, at));
    yield record({ kind: "pitch_resolved", week: week.week, member, gainBps }, correlation);
  }
}

/** A price of now and what was paid beside it since: a fund that has paid has not fallen by that. */
export const withDividends = (
  { now }: Turn,
  { dividends }: CouncilSettings,
  { symbol, price }: CouncilPrice,
  since: Temporal.Instant,
): Price => plusPrice(price, paidBetween(dividends, symbol, since.epochMilliseconds, now.epochMilliseconds));

/** By the direction of the pitch, in basis points; FLAT gains nothing. */
export function movedBps({ direction }: Pick<Pitch, "direction">, from: Price, to: Price): number {
  const sign = { LONG: 1, SHORT: -1, FLAT: 0 }[direction];
  const moved = from <= 0n ? 0 : (approximately(to) / approximately(from) - 1) * 10_000;
  return Math.round(sign * moved * 100) / 100 + 0;
}
