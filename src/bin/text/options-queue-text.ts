import type { DecisionKind } from "../../flow/resolution/option-situation.ts";
import type { PersonsAnswer } from "../../flow/resolution/scan-plan.ts";
import type { Loaded } from "../../config/config.ts";
import type { Entry } from "../../journal/entry.ts";
import { readableInstant } from "../../journal/fact-line.ts";
import { optionsWords } from "../../journal/options-fact-words.ts";
import { count, readableMoney } from "../../journal/readable.ts";
import type { QueueItem } from "../../journal/options-log.ts";
import { formatExact } from "../../words/exact.ts";
import type { Instrument } from "../../words/instrument.ts";
import { notional } from "../../words/money.ts";
import { magnitude } from "../../words/quantity.ts";
import type { Seat } from "../run-folder.ts";
import { whole } from "./in-passing.ts";

/** Two words for each kind of decision: the others would be no answer to it. */
export const fittingAnswers = {
  exit: ["sell", "hold"],
  entry: ["approve", "deny"],
} as const satisfies Record<DecisionKind, readonly PersonsAnswer[]>;

type Waiting = { readonly seat: Seat; readonly loaded: Loaded };

/** Where a run stands, what waits for a person, and what to do next. */
export function standingText(book: Waiting, folder: string): string {
  const { queue } = book.seat.state.decisions.options;
  const last = book.seat.entries.at(-1);
  if (last === undefined) return "";
  if (last.fact.kind === "closed")
    return `the data ended at ${readableInstant(last.at)} with an equity of ${readableMoney(last.fact.equity)}; this run is over\n`;
  const stands = `it is ${readableInstant(last.at)}`;
  if (queue.length === 0) return `${stands}; nothing waits for a person\n`;
  const next = `answer with countersign queue answer ${folder} ID ANSWER --by NAME, then countersign options run --dir ${folder}\n`;
  return `${stands}; ${count(queue.length, "item")} ${queue.length === 1 ? "waits" : "wait"} for a person\n${waitingText(book)}${next}`;
}

/** What came of items and answers on the way. */
export const happenedText = (entries: readonly Entry[]): string =>
  entries
    .flatMap(({ at, fact }) =>
      fact.kind === "person_obeyed" || fact.kind === "person_expired" ? [`${readableInstant(at)}  ${optionsWords(fact)}\n`] : [],
    )
    .join("");

/** What waits for a person, item by item: what would be bought or sold, why no model did it, and until when it waits. */
const waitingText = (book: Waiting): string => book.seat.state.decisions.options.queue.map((item) => itemText(book, item)).join("");

function itemText(book: Waiting, item: QueueItem): string {
  const { decision, why, rationale, expiresAt } = item;
  const said = rationale.replace(/[\p{C}\s]+/gu, " ").trim();
  return [
    `${item.item}  ${decision === "entry" ? bought(book, item) : sold(book, item)}`,
    `  ${reasons[why] ?? why.replaceAll("_", " ")}${said === "" ? "" : `: ${said}`}`,
    `  until ${readableInstant(expiresAt)}; answer ${fittingAnswers[decision].join(" or ")}\n`,
  ].join("\n");
}

const reasons: Readonly<Record<string, string>> = {
  not_automated: "no model may decide this, options.llm.decisions leaves it to a person",
  need_user: "the model hands it to a person",
  manual_fallback: "the model was not sure enough",
  model_failed: "the model gave no answer",
  unreadable: "the model's answer could not be read",
};

/** As many as the premium buys at the ask of the last scan; the rails may still make it fewer. */
function bought({ seat, loaded }: Waiting, { symbol, instrument: id }: QueueItem): string {
  const { premiumUsdMax } = loaded.config.options;
  const instrument = seat.state.instrument(id);
  const quote = quoteOf(seat, id);
  const one = quote === undefined ? 0n : notional(quote.ask, instrument.lot, instrument.multiplier, "up");
  const count = one === 0n ? "" : `up to ${premiumUsdMax / one} of `;
  return `buy ${count}${named(instrument)} on ${symbol} for at most ${whole(premiumUsdMax)} USD${touch(seat, id)}`;
}

function sold({ seat }: Waiting, { instrument: id }: QueueItem): string {
  const position = seat.state.position(id);
  const name = `${named(seat.state.instrument(id))}${touch(seat, id)}`;
  if (position === undefined) return `sell ${name}; it is no longer held`;
  const { quantity, averageEntry } = position;
  return `${quantity > 0n ? "sell" : "buy back"} ${formatExact(magnitude(quantity))} of ${name}, entered at ${formatExact(averageEntry)}`;
}

const named = (of: Instrument): string =>
  of.kind === "option" ? `${of.symbol} (${of.right} at ${formatExact(of.strike)}, expires ${of.expiry})` : of.symbol;

function touch(seat: Seat, id: QueueItem["instrument"]): string {
  const quote = quoteOf(seat, id);
  return quote === undefined ? "" : `, ${formatExact(quote.bid)} bid and ${formatExact(quote.ask)} asked`;
}

/** As the desk saw it when it looked last. */
function quoteOf({ entries }: Seat, id: QueueItem["instrument"]) {
  const woke = entries.findLast(({ fact }) => fact.kind === "woke")?.fact;
  return woke?.kind === "woke" ? woke.snapshot.assets.find(({ quote }) => quote.instrument === id)?.quote : undefined;
}
