import type { ReadableIndicator } from "./bar-indicator.ts";
import { RollingSum } from "./rolling-sum.ts";

/** Simple moving average of closes: ready after `period` of them. */
export class Sma implements ReadableIndicator {
  readonly #period: number;
  readonly #window: RollingSum;

  constructor(period: number) {
    this.#window = new RollingSum(period);
    this.#period = period;
  }

  update(close: number): void {
    this.#window.update(close);
  }

  get ready(): boolean {
    return this.#window.ready;
  }

  get value(): number {
    return this.#window.sum / this.#period;
  }

  onBar(_open: number, _high: number, _low: number, close: number): void {
    this.update(close);
  }

  read(into: Record<string, number>, names: readonly string[]): void {
    into[names[0] ?? ""] = this.value;
  }
}
