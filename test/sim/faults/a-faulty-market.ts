import type { PlaceOutcome, Read, VenueReport } from "../../../src/ports/venue.ts";
import type { Faults } from "../../../src/sim/faults/fault-names.ts";
import { FaultyVenue } from "../../../src/sim/faults/faulty-venue.ts";
import type { VenueSettings } from "../../../src/sim/venue/settings.ts";
import { clientOrderIdOf, instrumentId } from "../../../src/words/ids.ts";
import type { Instrument } from "../../../src/words/instrument.ts";
import { anOrder, type Wish } from "../venue/an-order.ts";
import { aVenue, inWords, Market, minuteMs, type Candle } from "../venue/a-market.ts";

export const still: Candle = [100, 100, 100, 100];

/** One instrument behind a bad line; bars of a minute move the clock to their end, and a test may move it on between. */
export class FaultyMarket {
  readonly venue: FaultyVenue;
  readonly instrument: Instrument;
  readonly splits: string[] = [];
  readonly reports: VenueReport[] = [];
  nowMs: number;
  openMs: number;
  #heard = 0;
  /** What a price of the candles is in today's shares. */
  #unit = 1;

  constructor(faults: Faults, of: Partial<VenueSettings> = {}, seed: string | number = 1) {
    const truth = aVenue(of);
    this.instrument = truth.instruments[0]!;
    new Market(truth).bar(still);
    this.nowMs = minuteMs;
    this.openMs = minuteMs;
    this.venue = new FaultyVenue(truth, {
      seed,
      faults,
      nowMs: () => this.nowMs,
      onSplit: ({ id }, from, into) => {
        this.splits.push(`${id} ${from} into ${into}`);
        this.#unit *= from / into;
      },
    });
  }

  place(wish: Wish = {}): PlaceOutcome {
    return this.venue.place(anOrder({ instrument: this.instrument.id, ...wish }));
  }

  placed(wish: Wish = {}): string {
    const outcome = this.place(wish);
    return outcome.kind === "rejected" ? outcome.reason : outcome.kind;
  }

  replaced(id: string, wish: Wish): string {
    return this.venue.replace(clientOrderIdOf(id), anOrder({ instrument: this.instrument.id, ...wish })).kind;
  }

  cancelled(id: string): string {
    return this.venue.cancel(clientOrderIdOf(id), this.instrument.id).kind;
  }

  state(id: string): string {
    const found = this.venue.find(clientOrderIdOf(id), this.instrument.id);
    return typeof found === "string" ? found : found.state;
  }

  /** What is really so, whatever the venue says. */
  truly(id: string): string {
    const found = this.venue.truth.find(clientOrderIdOf(id), this.instrument.id);
    return found === "absent" ? found : found.state;
  }

  bar([open, high, low, close, volume = 1_000_000]: Candle): this {
    const { truth } = this.venue;
    const priced = (ticks: number): number => Math.max(1, Math.round(ticks * this.#unit));
    truth.openBar(0, this.openMs, minuteMs, priced(open), priced(high), priced(low), priced(close), volume);
    truth.rangeBar(0);
    truth.closeBar(0);
    this.openMs += minuteMs;
    this.nowMs = Math.max(this.nowMs, this.openMs);
    this.listen();
    return this;
  }

  /** Lets time pass without a bar. */
  wait(ms: number): this {
    this.nowMs += ms;
    this.openMs = Math.max(this.openMs, this.nowMs);
    this.listen();
    return this;
  }

  listen(): void {
    while (this.venue.pending) this.reports.push(...this.venue.drain());
  }

  /** What was said since the last time. */
  hear(): string {
    this.listen();
    const news = this.reports.slice(this.#heard);
    this.#heard = this.reports.length;
    return news.map(inWords).join("; ");
  }
}

export function read<Value>(answer: Read<Value>): Value {
  if (answer === "unavailable") throw new Error("this read was to succeed");
  return answer;
}

export const perp = instrumentId("BTC.PERP");
