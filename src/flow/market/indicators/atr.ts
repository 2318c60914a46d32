import type { ReadableIndicator } from "./bar-indicator.ts";
import { Ema } from "./ema.ts";
import { trueRange } from "./true-range.ts";

/**
 * Average true range by Wilder's smoothing (1978), in the unit of the prices, ready after `period` bars. The first bar has no close
 * before it and counts with its high less its low; TA-Lib leaves that bar out and is ready one later.
 */
export class Atr implements ReadableIndicator {
  readonly #ranges: Ema;
  #closeBefore = Number.NaN;
  #started = false;

  constructor(period: number) {
    this.#ranges = new Ema(period, 1 / period);
  }

  update(high: number, low: number, close: number): void {
    this.#ranges.update(this.#started ? trueRange(high, low, this.#closeBefore) : high - low);
    this.#closeBefore = close;
    this.#started = true;
  }

  get ready(): boolean {
    return this.#ranges.ready;
  }

  get value(): number {
    return this.#ranges.value;
  }

  onBar(_open: number, high: number, low: number, close: number): void {
    this.update(high, low, close);
  }

  read(into: Record<string, number>, names: readonly string[]): void {
    into[names[0] ?? ""] = this.value;
  }
}
