import type { ReadableIndicator } from "./bar-indicator.ts";
import { RollingHighest } from "./rolling-highest.ts";
import { Sma } from "./sma.ts";

/**
 * Lane's fast stochastic: `k` is where the close lies in the range of the last `kPeriod` bars, 0 at its low and 100 at its high, and
 * `d` the simple average of `dPeriod` of those. Ready after `kPeriod + dPeriod - 1` bars. A range of nothing has its close in the
 * middle, 50 (TA-Lib says 0).
 */
export class Stochastic implements ReadableIndicator {
  readonly parts = ["k", "d"] as const;
  k = Number.NaN;
  d = Number.NaN;
  ready = false;
  readonly #highs: RollingHighest;
  readonly #negatedLows: RollingHighest;
  readonly #average: Sma;

  constructor(kPeriod: number, dPeriod: number) {
    this.#highs = new RollingHighest(kPeriod);
    this.#negatedLows = new RollingHighest(kPeriod);
    this.#average = new Sma(dPeriod);
  }

  update(high: number, low: number, close: number): void {
    this.#highs.update(high);
    this.#negatedLows.update(-low);
    if (!this.#highs.ready) return;
    const lowest = -this.#negatedLows.value;
    const range = this.#highs.value - lowest;
    const k = range === 0 ? 50 : (100 * (close - lowest)) / range;
    this.#average.update(k);
    if (!this.#average.ready) return;
    this.ready = true;
    this.k = k;
    this.d = this.#average.value;
  }

  onBar(_open: number, high: number, low: number, close: number): void {
    this.update(high, low, close);
  }

  read(into: Record<string, number>, names: readonly string[]): void {
    into[names[0] ?? ""] = this.k;
    into[names[1] ?? ""] = this.d;
  }
}
