import type { DailyCloses } from "../flow/market/measures.ts";
import type { MarketSnapshot } from "../flow/market/snapshot.ts";
import { approximately } from "../words/exact.ts";
import type { InstrumentId } from "../words/ids.ts";

/** Half a year of sessions for correlations, a month for what is traded. */
const daysKept = 126;
const valueDays = 20;

/** Daily statistics of what decisions saw: one last price a day for each instrument, and what was traded of it. Never for money. */
export class DailyMarks {
  #snapshot: MarketSnapshot | undefined;
  #days: Map<InstrumentId, number>[] = [];
  readonly #values = new Map<InstrumentId, { bars: number; readonly traded: number[] }>();

  woke(snapshot: MarketSnapshot): void {
    this.#snapshot = snapshot;
    for (const { quote, frames } of snapshot.assets) {
      const [base] = frames;
      if (base?.interval === "1d") this.#trade(quote.instrument, base);
    }
  }

  /** Close times volume of the completed days that are new since the last look; newest first in the frame. */
  #trade(id: InstrumentId, { bars, closes, volumes }: MarketSnapshot["assets"][number]["frames"][number]): void {
    const known = this.#values.get(id) ?? { bars: 0, traded: [] };
    const fresh = Math.min(bars - known.bars, closes.length);
    for (let back = fresh - 1; back >= 0; back--) known.traded.push((closes[back] ?? 0) * (volumes[back] ?? 0));
    if (known.traded.length > valueDays) known.traded.splice(0, known.traded.length - valueDays);
    known.bars = bars;
    this.#values.set(id, known);
  }

  /** The day before is over: what was seen of it last is its mark. A day that nothing was decided on leaves none. */
  dayOpened(): void {
    if (this.#snapshot === undefined) return;
    this.#days.push(new Map(this.#snapshot.assets.map(({ quote }) => [quote.instrument, approximately(quote.last)])));
    if (this.#days.length > daysKept) this.#days.shift();
    this.#snapshot = undefined;
  }

  /** Marks of the past in new shares; what they were worth together stays the same. */
  split(instrument: InstrumentId, from: number, into: number): void {
    for (const day of this.#days) {
      const mark = day.get(instrument);
      if (mark !== undefined) day.set(instrument, (mark * from) / into);
    }
  }

  /** The newest `days` at most, of the instruments that were seen on each of them. */
  closes(instruments: readonly InstrumentId[], days: number): DailyCloses {
    const window = this.#days.slice(-days);
    const whole = instruments.filter((id) => window.every((day) => (day.get(id) ?? 0) > 0));
    return { instruments: whole, days: window.map((day) => whole.map((id) => day.get(id) ?? 0)) };
  }

  /** Mean over the last 20 days that were seen, in currency; undefined before any was. */
  averageValue(id: InstrumentId): number | undefined {
    const traded = this.#values.get(id)?.traded ?? [];
    return traded.length === 0 ? undefined : traded.reduce((sum, value) => sum + value, 0) / traded.length;
  }
}
