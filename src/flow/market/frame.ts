import { barOpen, intervalMs, type Interval } from "../../words/interval.ts";
import { invariant } from "../../words/invariant.ts";
import { namesOf, type ReadableIndicator } from "./indicators/bar-indicator.ts";

/**
 * Completed base bars in, completed bars of one interval out, with the indicators over them: one asset seen on one interval.
 *
 * There is no look-ahead: a bar exists here only when a base bar that ends with it or after it was pushed. If its last base bars are
 * missing it completes when the first base bar of a later one arrives, and without that one. What is still forming cannot be read.
 * Prices are ticks and volumes lots, as in `Bars`; a push that completes nothing allocates nothing.
 */
export class Frame {
  readonly interval: Interval;
  readonly #lengthMs: number;
  readonly #baseMs: number;
  readonly #baseGridMs: number;
  readonly #keep: number;
  readonly #names: readonly string[];
  readonly #indicators: readonly ReadableIndicator[];
  readonly #valueNames: readonly (readonly string[])[];
  readonly #openMs: Float64Array;
  readonly #open: Float64Array;
  readonly #high: Float64Array;
  readonly #low: Float64Array;
  readonly #close: Float64Array;
  readonly #volume: Float64Array;
  #count = 0;
  #barsSeen = 0;
  #newest = -1;
  #pushedMs = -Infinity;
  #forming = false;
  #formingMs = Number.NaN;
  #formingOpen = Number.NaN;
  #formingHigh = Number.NaN;
  #formingLow = Number.NaN;
  #formingClose = Number.NaN;
  #formingVolume = Number.NaN;

  /** Keeps the last `keep` completed bars. The indicators become the frame's own: nobody else may feed them. */
  constructor(interval: Interval, baseInterval: Interval, keep: number, indicators: Readonly<Record<string, ReadableIndicator>>) {
    invariant(
      intervalMs[interval] % intervalMs[baseInterval] === 0,
      `bars of ${baseInterval} make up bars of ${interval} in whole numbers`,
    );
    invariant(Number.isInteger(keep) && keep >= 1, `a frame keeps a whole number of bars, at least 1, not ${keep}`);
    this.interval = interval;
    this.#lengthMs = intervalMs[interval];
    this.#baseMs = intervalMs[baseInterval];
    this.#baseGridMs = barOpen(0, baseInterval);
    this.#keep = keep;
    this.#names = Object.keys(indicators);
    this.#indicators = Object.values(indicators);
    this.#valueNames = Object.entries(indicators).map(([name, indicator]) => namesOf(indicator, name));
    this.#openMs = new Float64Array(keep);
    this.#open = new Float64Array(keep);
    this.#high = new Float64Array(keep);
    this.#low = new Float64Array(keep);
    this.#close = new Float64Array(keep);
    this.#volume = new Float64Array(keep);
  }

  /** Takes the next completed base bar; true when at least one bar of the frame completed by it (two can, after a gap). */
  push(openMs: number, open: number, high: number, low: number, close: number, volume: number): boolean {
    invariant(openMs > this.#pushedMs, "base bars come in the order of their open times");
    // Rounded division, because the remainder of two doubles would be half the time of a push.
    const steps = (openMs - this.#baseGridMs) / this.#baseMs;
    invariant(Math.floor(steps) === steps, "a base bar opens on the grid of its interval");
    this.#pushedMs = openMs;
    // Nothing forms where a bar of the frame is a base bar: most frames are so, and this is most of what a bar costs.
    if (this.#lengthMs === this.#baseMs) {
      this.#complete(openMs, open, high, low, close, volume);
      return true;
    }
    let completed = false;
    if (this.#forming && openMs >= this.#formingMs + this.#lengthMs) {
      this.#completeFormed();
      completed = true;
    }
    if (this.#forming) {
      if (high > this.#formingHigh) this.#formingHigh = high;
      if (low < this.#formingLow) this.#formingLow = low;
      this.#formingVolume += volume;
    } else {
      this.#forming = true;
      this.#formingMs = barOpen(openMs, this.interval);
      this.#formingOpen = open;
      this.#formingHigh = high;
      this.#formingLow = low;
      this.#formingVolume = volume;
    }
    this.#formingClose = close;
    if (openMs + this.#baseMs >= this.#formingMs + this.#lengthMs) {
      this.#completeFormed();
      completed = true;
    }
    return completed;
  }

  #completeFormed(): void {
    this.#forming = false;
    this.#complete(this.#formingMs, this.#formingOpen, this.#formingHigh, this.#formingLow, this.#formingClose, this.#formingVolume);
  }

  #complete(openMs: number, open: number, high: number, low: number, close: number, volume: number): void {
    const at = this.#newest + 1 === this.#keep ? 0 : this.#newest + 1;
    this.#openMs[at] = openMs;
    this.#open[at] = open;
    this.#high[at] = high;
    this.#low[at] = low;
    this.#close[at] = close;
    this.#volume[at] = volume;
    this.#newest = at;
    if (this.#count < this.#keep) this.#count++;
    this.#barsSeen++;
    for (const indicator of this.#indicators) indicator.onBar(open, high, low, close, volume);
  }

  /** How many completed bars can be read: never more than are kept. */
  get count(): number {
    return this.#count;
  }

  /** How many bars have completed since the start, kept or not. */
  get barsSeen(): number {
    return this.#barsSeen;
  }

  /** The readers count back from the newest completed bar, which is 0. */
  openMsAt(back: number): number {
    return this.#openMs[this.#slot(back)] ?? Number.NaN;
  }
  openAt(back: number): number {
    return this.#open[this.#slot(back)] ?? Number.NaN;
  }
  highAt(back: number): number {
    return this.#high[this.#slot(back)] ?? Number.NaN;
  }
  lowAt(back: number): number {
    return this.#low[this.#slot(back)] ?? Number.NaN;
  }
  closeAt(back: number): number {
    return this.#close[this.#slot(back)] ?? Number.NaN;
  }
  volumeAt(back: number): number {
    return this.#volume[this.#slot(back)] ?? Number.NaN;
  }

  #slot(back: number): number {
    invariant(back >= 0 && back < this.#count, "a frame is read back to the oldest bar it keeps, and not ahead");
    const at = this.#newest - back;
    return at < 0 ? at + this.#keep : at;
  }

  /** One indicator by its name in the frame, for a watcher that reads it at every bar. */
  indicator(name: string): ReadableIndicator | undefined {
    return this.#indicators[this.#names.indexOf(name)];
  }

  /** Every ready indicator's values by name, all over completed bars; `indicatorUnit` says which are ticks. Allocates: ask once a cycle. */
  values(): Record<string, number> {
    const into: Record<string, number> = {};
    for (let at = 0; at < this.#indicators.length; at++) {
      const indicator = this.#indicators[at];
      const names = this.#valueNames[at];
      if (indicator?.ready === true && names !== undefined) indicator.read(into, names);
    }
    return into;
  }
}
