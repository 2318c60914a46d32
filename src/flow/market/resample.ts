/** Fine bars in, coarse bars out; and which item of a series held at an instant. */
import { barOpen, intervalMs, type Interval } from "../../words/interval.ts";
import { invariant } from "../../words/invariant.ts";
import type { Bars, Series } from "./bars.ts";

/**
 * Builds bars of a coarser interval. A coarse bar is there only once the data spans it: one that ends after the last fine bar's close
 * is left out, since it could still change. One with some fine bars missing is built from those there; one with none stays a gap.
 */
export function resample(bars: Bars, to: Interval): Bars {
  const fineMs = intervalMs[bars.interval];
  const coarseMs = intervalMs[to];
  invariant(coarseMs % fineMs === 0, `bars of ${bars.interval} make up bars of ${to} in whole numbers`);
  const columns = {
    openMs: new Float64Array(bars.length),
    open: new Float64Array(bars.length),
    high: new Float64Array(bars.length),
    low: new Float64Array(bars.length),
    close: new Float64Array(bars.length),
    volume: new Float64Array(bars.length),
  };
  const spanEnd = bars.length === 0 ? 0 : (bars.openMs[bars.length - 1] ?? Number.NaN) + fineMs;
  let last = -1;
  let end = -Infinity;
  for (let at = 0; at < bars.length; at++) {
    const openMs = bars.openMs[at] ?? Number.NaN;
    const high = bars.high[at] ?? Number.NaN;
    const low = bars.low[at] ?? Number.NaN;
    const volume = bars.volume[at] ?? Number.NaN;
    if (openMs >= end) {
      const bucket = barOpen(openMs, to);
      end = bucket + coarseMs;
      if (end > spanEnd) break;
      last++;
      columns.openMs[last] = bucket;
      columns.open[last] = bars.open[at] ?? Number.NaN;
      columns.high[last] = high;
      columns.low[last] = low;
      columns.volume[last] = volume;
    } else {
      columns.high[last] = Math.max(columns.high[last] ?? Number.NaN, high);
      columns.low[last] = Math.min(columns.low[last] ?? Number.NaN, low);
      columns.volume[last] = (columns.volume[last] ?? Number.NaN) + volume;
    }
    columns.close[last] = bars.close[at] ?? Number.NaN;
  }
  const length = last + 1;
  return {
    instrument: bars.instrument,
    interval: to,
    length,
    openMs: columns.openMs.slice(0, length),
    open: columns.open.slice(0, length),
    high: columns.high.slice(0, length),
    low: columns.low.slice(0, length),
    close: columns.close.slice(0, length),
    volume: columns.volume.slice(0, length),
  };
}

/** Index of the last item at or before `atMs`, or -1 if there is none yet. */
export function asOf(series: Series, atMs: number): number {
  let from = 0;
  let to = series.length;
  while (from < to) {
    const middle = (from + to) >>> 1;
    if ((series.atMs[middle] ?? Number.NaN) <= atMs) from = middle + 1;
    else to = middle;
  }
  return from - 1;
}

/** `asOf` for instants that never go back, as in a backtest: constant time (amortised) instead of a search. */
export class AsOfCursor {
  readonly #series: Series;
  #index = -1;
  #nowMs = -Infinity;

  constructor(series: Series) {
    this.#series = series;
  }

  /** Index of the last item at or before `atMs`, or -1 if there is none yet. */
  advance(atMs: number): number {
    invariant(atMs >= this.#nowMs, "a cursor over a series moves forward only");
    this.#nowMs = atMs;
    const times = this.#series.atMs;
    const last = this.#series.length - 1;
    while (this.#index < last && (times[this.#index + 1] ?? Number.NaN) <= atMs) this.#index++;
    return this.#index;
  }
}
