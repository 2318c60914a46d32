import type { ReadableIndicator } from "./bar-indicator.ts";
import { RollingMoments } from "./rolling-moments.ts";

/** How many population standard deviations the newest of `period` closes lies from their average; 0 when they are all the same. */
export class Zscore implements ReadableIndicator {
  readonly #period: number;
  readonly #window: RollingMoments;
  #close = Number.NaN;

  constructor(period: number) {
    this.#window = new RollingMoments(period);
    this.#period = period;
  }

  update(close: number): void {
    this.#window.update(close);
    this.#close = close;
  }

  get ready(): boolean {
    return this.#window.ready;
  }

  get value(): number {
    const deviation = Math.sqrt(this.#window.squares / this.#period);
    return deviation === 0 ? 0 : (this.#close - this.#window.mean) / deviation;
  }

  onBar(_open: number, _high: number, _low: number, close: number): void {
    this.update(close);
  }

  read(into: Record<string, number>, names: readonly string[]): void {
    into[names[0] ?? ""] = this.value;
  }
}
