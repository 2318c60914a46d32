import type { Bars, Series } from "../../flow/market/bars.ts";
import type { Instrument } from "../../words/instrument.ts";
import type { Interval } from "../../words/interval.ts";
import { invariant } from "../../words/invariant.ts";

const names = ["openMs", "open", "high", "low", "close", "volume"] as const;
type Bar = Readonly<Record<(typeof names)[number], number>>;

/** Gathers at most `barsMax` bars, in columns that are never grown. */
export class BarColumns {
  readonly #columns: Readonly<Record<keyof Bar, Float64Array>>;
  #length = 0;

  constructor(barsMax: number) {
    const column = (): Float64Array => new Float64Array(barsMax);
    this.#columns = { openMs: column(), open: column(), high: column(), low: column(), close: column(), volume: column() };
  }

  add(bar: Bar): void {
    invariant(Number.isSafeInteger(bar.high) && Number.isSafeInteger(bar.volume), "ticks and lots stay below 2^53");
    for (const name of names) this.#columns[name][this.#length] = bar[name];
    this.#length++;
  }

  bars(instrument: Instrument, interval: Interval): Bars {
    const { openMs, open, high, low, close, volume } = this.#columns;
    const cut = (column: Float64Array): Float64Array => (column.length === this.#length ? column : column.slice(0, this.#length));
    return {
      instrument,
      interval,
      length: this.#length,
      openMs: cut(openMs),
      open: cut(open),
      high: cut(high),
      low: cut(low),
      close: cut(close),
      volume: cut(volume),
    };
  }
}

/** Gathers a series of exact numbers in units of 10^-12. */
export class SeriesColumns {
  readonly #atMs: number[] = [];
  readonly #value: bigint[] = [];

  add(atMs: number, value: bigint): void {
    this.#atMs.push(atMs);
    this.#value.push(value);
  }

  series(instrument: Instrument): Series {
    return { instrument, length: this.#value.length, atMs: Float64Array.from(this.#atMs), value: this.#value };
  }
}
