import type { ReadableIndicator } from "./bar-indicator.ts";
import { checkedPeriod } from "./period.ts";

/**
 * Change of the close over `period` bars, in percent of the close back then, ready after `period + 1` closes.
 * Against a close of zero there is no percentage; it is 0 there, as in TA-Lib.
 */
export class RateOfChange implements ReadableIndicator {
  value = Number.NaN;
  ready = false;
  readonly #period: number;
  readonly #closes: Float64Array;
  #next = 0;
  #filled = false;

  constructor(period: number) {
    this.#period = checkedPeriod(period, 1);
    this.#closes = new Float64Array(period);
  }

  update(close: number): void {
    const at = this.#next;
    const base = this.#closes[at] ?? Number.NaN;
    this.#closes[at] = close;
    this.#next = at + 1 === this.#period ? 0 : at + 1;
    if (this.#filled) {
      this.ready = true;
      this.value = base === 0 ? 0 : (100 * (close - base)) / base;
    } else if (this.#next === 0) this.#filled = true;
  }

  onBar(_open: number, _high: number, _low: number, close: number): void {
    this.update(close);
  }

  read(into: Record<string, number>, names: readonly string[]): void {
    into[names[0] ?? ""] = this.value;
  }
}
