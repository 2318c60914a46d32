import type { ReadableIndicator } from "./bar-indicator.ts";
import { Ema } from "./ema.ts";

/**
 * Relative strength index, 0 to 100, from `period` changes and so ready after `period + 1` closes. Wilder (1978).
 * When nothing has moved at all there is neither strength nor weakness: 50 (TA-Lib says 0 there, others 100).
 */
export class Rsi implements ReadableIndicator {
  value = Number.NaN;
  ready = false;
  readonly #gains: Ema;
  readonly #losses: Ema;
  #closeBefore = Number.NaN;
  #started = false;

  constructor(period: number) {
    this.#gains = new Ema(period, 1 / period);
    this.#losses = new Ema(period, 1 / period);
  }

  update(close: number): void {
    const change = close - this.#closeBefore;
    this.#closeBefore = close;
    if (!this.#started) {
      this.#started = true;
      return;
    }
    this.#gains.update(change > 0 ? change : 0);
    this.#losses.update(change < 0 ? -change : 0);
    if (!this.#losses.ready) return;
    this.ready = true;
    const gain = this.#gains.value;
    const moved = gain + this.#losses.value;
    this.value = moved === 0 ? 50 : (100 * gain) / moved;
  }

  onBar(_open: number, _high: number, _low: number, close: number): void {
    this.update(close);
  }

  read(into: Record<string, number>, names: readonly string[]): void {
    into[names[0] ?? ""] = this.value;
  }
}
