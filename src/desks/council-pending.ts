import { shownText, waiting } from "../flow/approval/shown-trade.ts";
import { profileLevels, type Pitch } from "../flow/proposals/council-words.ts";
import { convictionSize } from "../flow/sizing/conviction-size.ts";
import type { PendingTrade, TradeAction, TradeEnd } from "../journal/council-facts.ts";
import type { CouncilTrade } from "../journal/council-log.ts";
import { digestOf } from "../runtime/digest.ts";
import { approve, record, type Line } from "../runtime/line.ts";
import type { Turn } from "../runtime/turn.ts";
import { intentId, type InstrumentId, type IntentId } from "../words/ids.ts";
import { notional as worth, type Money } from "../words/money.ts";
import type { Price } from "../words/price.ts";
import { magnitude, zeroQuantity } from "../words/quantity.ts";
import type { Side } from "../words/side.ts";
import type { Mandate } from "./council-meeting.ts";
import type { CouncilSettings } from "./council-settings.ts";

/** Trades that are shown to a person and wait (COUN-6): how they come up, how they end without him, and how he is asked. */

type Wanted = Pick<
  PendingTrade,
  | "week"
  | "packHash"
  | "action"
  | "side"
  | "conviction"
  | "profile"
  | "stopPct"
  | "targetPct"
  | "horizon"
  | "entryBy"
  | "outBefore"
  | "rationale"
> & {
  readonly limit?: Price | undefined;
};

/** The size that a conviction has in this account just now, or what there is to close. */
export function sizeNow(
  { state, snapshot }: Turn,
  settings: CouncilSettings,
  of: { readonly action: TradeAction; readonly conviction: number; readonly instrument: InstrumentId },
  price: Price,
): Money {
  if (of.action === "enter" || of.action === "flip") return convictionSize(state.equityAt(snapshot), of.conviction, settings.sizes);
  const { multiplier } = state.instrument(of.instrument);
  const held = state.position(of.instrument)?.quantity ?? zeroQuantity;
  return worth(price, magnitude(held), multiplier, "down");
}

export function* show(
  turn: Turn,
  settings: CouncilSettings,
  trade: IntentId,
  asked: number,
  instrument: InstrumentId,
  wanted: Wanted,
): Line<boolean> {
  const quote = turn.quote(instrument);
  if (quote === undefined) return false;
  const { limit, rationale, ...rest } = wanted;
  const price = quote.last;
  const shown = {
    trade,
    ...rest,
    instrument,
    price,
    notional: sizeNow(turn, settings, { ...wanted, instrument }, price),
    ...(limit === undefined ? {} : { limit }),
  };
  const binding = digestOf(shownText({ ...shown, account: turn.account }));
  const expiresAt = turn.now.add({ seconds: settings.expirySeconds });
  yield record({ kind: "trade_pending", ...shown, asked, rationale, binding, expiresAt }, turn.correlation);
  return true;
}

/** The trade of a meeting, with the events that it must be out before as instants. */
export function* showEntry(
  turn: Turn,
  settings: CouncilSettings,
  { week, packHash, pitch, rationale }: Mandate,
  events: readonly string[],
): Line<string> {
  const instrument = instrumentOf(turn, pitch);
  const trade = intentId(`${turn.correlation}.c`);
  if (instrument === undefined) return "no_data";
  const { stopPct, targetPct } = profileLevels[pitch.profile];
  const { conviction, profile, horizon, entryBy, limit } = pitch;
  const side: Side = pitch.direction === "LONG" ? "buy" : "sell";
  const shown = yield* show(turn, settings, trade, 1, instrument, {
    week,
    packHash,
    action: "enter",
    side,
    conviction,
    profile,
    stopPct,
    targetPct,
    horizon,
    entryBy,
    limit,
    outBefore: events,
    rationale,
  });
  return shown ? "pending" : "no_data";
}

export const instrumentOf = ({ state, snapshot }: Turn, { symbol }: Pick<Pitch, "symbol">): InstrumentId | undefined =>
  snapshot.assets.map(({ quote }) => quote.instrument).find((id) => state.instrument(id).symbol === symbol);

export const ended = ({ correlation }: Turn, { trade }: Pick<CouncilTrade, "trade">, end: TradeEnd, why: string) =>
  record({ kind: "trade_ended", trade, end, why }, correlation);

/** What nobody answered in time, and a yes that could not be carried out in time, is over: nobody trades on a market of long ago. */
export function* expire(turn: Turn): Line {
  for (const trade of turn.state.decisions.council.open)
    if (Temporal.Instant.compare(trade.expiresAt, turn.now) <= 0)
      yield ended(turn, trade, "expired", trade.status === "pending" ? "nobody answered" : "not to be had in time");
}

/** With a new meeting, what is left of the old week's is over. */
export function* supersede(turn: Turn): Line {
  for (const trade of turn.state.decisions.council.open) yield ended(turn, trade, "superseded", "the next meeting");
}

/** Asks the person about everything that was shown before this wake. A yes to another text than the one that stands is none. */
export function* askAbout(turn: Turn): Line {
  const { state, correlation } = turn;
  for (const { trade, binding, expiresAt, status, shownAt } of state.decisions.council.open) {
    if (status !== "pending" || Temporal.Instant.compare(shownAt, turn.now) >= 0) continue;
    const answer = yield* approve(trade, binding, expiresAt);
    if (!answer.yes && answer.why === waiting) continue;
    const holds = answer.yes && answer.binding === binding;
    const why = answer.yes ? (holds ? "" : "binding_changed") : answer.why;
    yield record({ kind: "trade_answered", trade, binding, yes: holds, by: answer.by, why }, correlation);
  }
}
