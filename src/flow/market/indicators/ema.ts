import type { ReadableIndicator } from "./bar-indicator.ts";
import { checkedPeriod } from "./period.ts";

/**
 * Exponential moving average, ready after `period` values. It starts from their simple average, as TA-Lib does, and not from the first
 * value alone. `weight` is that of the newest value: 2 / (period + 1) unless told; Wilder's own smoothing is the same with 1 / period.
 */
export class Ema implements ReadableIndicator {
  value = Number.NaN;
  ready = false;
  readonly #period: number;
  readonly #weight: number;
  #seen = 0;
  #seedSum = 0;

  constructor(period: number, weight: number = 2 / (period + 1)) {
    this.#period = checkedPeriod(period, 1);
    this.#weight = weight;
  }

  update(value: number): void {
    if (this.ready) this.value += (value - this.value) * this.#weight;
    else this.#seed(value);
  }

  #seed(value: number): void {
    this.#seedSum += value;
    this.#seen++;
    if (this.#seen < this.#period) return;
    this.value = this.#seedSum / this.#period;
    this.ready = true;
  }

  onBar(_open: number, _high: number, _low: number, close: number): void {
    this.update(close);
  }

  read(into: Record<string, number>, names: readonly string[]): void {
    into[names[0] ?? ""] = this.value;
  }
}
