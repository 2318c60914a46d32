import type { ReadableIndicator } from "./bar-indicator.ts";
import { RollingMoments } from "./rolling-moments.ts";

/**
 * Sample standard deviation of the last `period` log returns of closes, as a fraction per bar, ready after `period + 1` closes.
 * Annualising is the caller's, who knows how many such bars a year has: multiply by the square root of that number.
 * A close at or below zero has no logarithm; it breaks the series off, and the indicator is not ready until it has filled again.
 */
export class RealisedVolatility implements ReadableIndicator {
  readonly #degrees: number;
  readonly #returns: RollingMoments;
  #closeBefore = Number.NaN;

  constructor(period: number) {
    this.#returns = new RollingMoments(period);
    this.#degrees = period - 1;
  }

  update(close: number): void {
    const before = this.#closeBefore;
    this.#closeBefore = close;
    if (!(close > 0)) {
      this.#returns.restart();
      return;
    }
    if (before > 0) this.#returns.update(Math.log(close / before));
  }

  get ready(): boolean {
    return this.#returns.ready;
  }

  get value(): number {
    return Math.sqrt(this.#returns.squares / this.#degrees);
  }

  onBar(_open: number, _high: number, _low: number, close: number): void {
    this.update(close);
  }

  read(into: Record<string, number>, names: readonly string[]): void {
    into[names[0] ?? ""] = this.value;
  }
}
