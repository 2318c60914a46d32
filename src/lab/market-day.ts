import { calendarOf } from "../flow/market/calendar/calendar.ts";
import type { MarketSnapshot, Quote } from "../flow/market/snapshot.ts";
import { WatchedContract } from "../flow/market/options/watched-contract.ts";
import type { FrameWish, Watched } from "../flow/market/watched.ts";
import type { ManualClock } from "../sim/manual-clock.ts";
import type { SimVenue } from "../sim/venue/sim-venue.ts";
import type { InstrumentId } from "../words/ids.ts";
import type { Instrument } from "../words/instrument.ts";
import type { Interval } from "../words/interval.ts";
import { present } from "../words/invariant.ts";
import type { CorporateActions } from "./corporate-actions.ts";
import { openRow, passRow, printRow } from "./bar-row.ts";
import { quoteRow, watchedOf } from "./contract-quotes.ts";
import { Halts, type Halt } from "./halts.ts";
import type { NewsTape } from "./news-tape.ts";
import { spanOf, type Span } from "./session-span.ts";
import { splitShares } from "./split-bars.ts";
import { happen } from "./happen.ts";
import type { Tape } from "./tape.ts";

/** An event this close behind a bar's open belongs to the open: exchanges stamp funding some milliseconds late. */
const openEventMs = 1_000;

/** Plays the tape to the venue and to what the desk watches, phase by phase; nothing here decides anything. */
export class MarketDay {
  readonly tape: Tape;
  readonly venue: SimVenue;
  readonly clock: ManualClock;
  readonly watched: readonly Watched[];
  readonly #byId: ReadonlyMap<InstrumentId, Watched>;
  readonly #venueIndex: readonly number[];
  readonly #alwaysOpen: boolean;
  readonly #halts: Halts;
  readonly #news: NewsTape | undefined;
  readonly #actions: CorporateActions | undefined;
  #open = false;
  readonly #spanOf: (openMs: number, lengthMs: number) => Span;
  /** One market that moves bar by bar and by nothing else: its steps may be played at once. */
  readonly #alone: boolean;
  /** Of the step that plays. */
  #span: Span = { openMs: Number.NaN, closeMs: Number.NaN };

  constructor(
    tape: Tape,
    venue: SimVenue,
    clock: ManualClock,
    base: Interval,
    wishes: readonly FrameWish[],
    spreadBps: number,
    halts: readonly Halt[] = [],
    news?: NewsTape,
    actions?: CorporateActions,
  ) {
    this.#news = news;
    this.#actions = actions;
    this.tape = tape;
    this.venue = venue;
    this.clock = clock;
    this.watched = tape.assets.map((bars) => watchedOf(bars, base, wishes, spreadBps));
    this.#byId = new Map(this.watched.map((asset) => [asset.instrument.id, asset]));
    this.#venueIndex = tape.assets.map(({ instrument }) => venue.indexOf(instrument));
    this.#alwaysOpen = tape.assets.every(({ instrument }) => instrument.calendar === "always");
    this.#spanOf = spanOf(tape.assets);
    this.#alone = tape.assets.length === 1 && halts.length === 0 && this.#alwaysOpen && tape.assets[0]?.contract === undefined;
    this.#halts = new Halts(
      halts,
      tape.assets.map(({ instrument }) => instrument.id),
    );
    venue.startAt(tape.firstMs);
  }

  /** The whole step at once where it can touch nothing of ours and nothing happens in it; false, and nothing is played, where it may. */
  pass(): boolean {
    if (!this.#alone) return false;
    const { tape, clock } = this;
    const { openMs, lengthMs } = tape;
    const closeMs = openMs + lengthMs;
    if (tape.nextEventMs <= closeMs || this.#actions?.idle === false) return false;
    const [bars] = tape.assets;
    const [watched] = this.watched;
    if (bars === undefined || watched === undefined) return false;
    if (!passRow(this.venue, this.#venueIndex[0] ?? -1, watched, bars, tape.bar[0] ?? 0, openMs, closeMs)) return false;
    clock.moveTo(closeMs);
    return true;
  }

  /** Plays what is left of the bar that is open: the market goes on while a desk is down. */
  finish(): void {
    if (!this.#open) return;
    this.range();
    this.close();
  }

  /** The first prints are quoted and nothing has traded yet: what a desk orders now meets the bars that are about to begin. */
  preopen(): void {
    const { tape, clock, venue } = this;
    const { openMs } = this.#spanOf(tape.openMs, tape.lengthMs);
    clock.moveTo(openMs);
    this.#actions?.opens(openMs);
    venue.startAt(openMs);
    for (let n = 0; n < tape.activeCount; n++) {
      const asset = tape.active[n] ?? 0;
      printRow(venue, this.#venueIndex[asset] ?? -1, this.watched[asset], tape.assets[asset]?.open[tape.bar[asset] ?? 0], openMs);
    }
  }

  open(): void {
    const { tape, clock, venue } = this;
    this.#open = true;
    this.#span = this.#spanOf(tape.openMs, tape.lengthMs);
    const { openMs, closeMs } = this.#span;
    clock.moveTo(openMs);
    this.#actions?.opens(openMs);
    this.#halts.between(openMs, closeMs, this.#halt);
    this.#events(openMs + openEventMs);
    for (let n = 0; n < tape.activeCount; n++) {
      const asset = tape.active[n] ?? 0;
      const bars = present(tape.assets[asset], "an active asset is on the tape");
      const at = tape.bar[asset] ?? 0;
      if (bars.contract !== undefined) {
        // Who decided at the last close meets the quote of then, unless a night lies between.
        if (at > 0 && bars.openMs[at - 1] === tape.openMs - tape.lengthMs)
          quoteRow(venue, this.#venueIndex[asset] ?? -1, bars.contract, at - 1, tape.openMs + openEventMs);
        continue;
      }
      openRow(venue, this.#venueIndex[asset] ?? -1, bars, at, this.#span);
    }
  }

  range(): void {
    const { tape, venue } = this;
    for (let n = 0; n < tape.activeCount; n++) venue.rangeBar(this.#venueIndex[tape.active[n] ?? 0] ?? -1);
  }

  close(): void {
    const { tape, clock, venue } = this;
    const { closeMs } = this.#span;
    this.#open = false;
    this.#events(closeMs);
    for (let n = 0; n < tape.activeCount; n++) {
      const asset = tape.active[n] ?? 0;
      const bars = present(tape.assets[asset], "an active asset is on the tape");
      const at = tape.bar[asset] ?? 0;
      const watched = this.watched[asset];
      if (bars.contract === undefined) venue.closeBar(this.#venueIndex[asset] ?? -1);
      else quoteRow(venue, this.#venueIndex[asset] ?? -1, bars.contract, at, closeMs);
      if (watched instanceof WatchedContract) watched.take(at);
      watched?.push(
        tape.openMs,
        bars.open[at] ?? 0,
        bars.high[at] ?? 0,
        bars.low[at] ?? 0,
        bars.close[at] ?? 0,
        bars.volume[at] ?? 0,
        closeMs,
      );
    }
    this.#actions?.closes(closeMs);
    clock.moveTo(Math.max(clock.ms, closeMs));
    // What is stamped at the very close is known when the desk decides on it.
    this.#events(closeMs + 1);
    this.#halts.between(clock.ms, clock.ms + 1, this.#halt);
  }

  readonly #halt = (asset: number, on: boolean): void => {
    this.venue.halt(this.#venueIndex[asset] ?? -1, on);
    const watched = this.watched[asset];
    if (watched !== undefined) watched.status = on ? "halted" : "open";
  };

  split(instrument: Instrument, from: number, into: number): void {
    splitShares(this.tape, this.watched, instrument, from, into);
  }

  #events(beforeMs: number): void {
    for (let event = this.tape.event(beforeMs); event !== undefined; event = this.tape.event(beforeMs))
      happen(
        event,
        present(this.watched[event.asset], "an event is of an asset on the tape"),
        this.venue,
        this.#venueIndex[event.asset] ?? -1,
      );
  }

  quote(id: InstrumentId): Quote | undefined {
    const asset = this.#byId.get(id);
    return asset?.seen === true ? asset.quote() : undefined;
  }

  /** With what was written by then, where anybody reads it. */
  withNews(snapshot: MarketSnapshot): MarketSnapshot {
    return this.#news === undefined ? snapshot : { ...snapshot, news: this.#news.at(snapshot.takenAt) };
  }

  sessionOpen(id: InstrumentId): boolean {
    if (this.#alwaysOpen) return true;
    const asset = this.#byId.get(id);
    return asset !== undefined && calendarOf(asset.instrument.calendar).isOpenMs(this.clock.ms);
  }
}
