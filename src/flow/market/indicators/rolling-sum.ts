import { checkedPeriod } from "./period.ts";

/**
 * Sum of the last `period` values in constant time. A second sum restarts at each lap of the ring and replaces the first when
 * the lap ends, so that rounding never builds up over more than one lap, however long the series.
 */
export class RollingSum {
  sum = Number.NaN;
  ready = false;
  readonly #period: number;
  readonly #values: Float64Array;
  #next = 0;
  #running = Number.NaN;
  #lap = Number.NaN;

  constructor(period: number) {
    this.#period = checkedPeriod(period, 1);
    this.#values = new Float64Array(period);
    // NaN first and then 0 makes these double fields from the start: a field that begins as a small integer is slower for good.
    this.#running = 0;
    this.#lap = 0;
  }

  update(value: number): void {
    const at = this.#next;
    const running = this.#running + (value - (this.#values[at] ?? Number.NaN));
    const lap = this.#lap + value;
    this.#values[at] = value;
    if (at + 1 === this.#period) {
      this.#next = 0;
      this.#running = lap;
      this.#lap = 0;
      this.sum = lap;
      this.ready = true;
      return;
    }
    this.#next = at + 1;
    this.#running = running;
    this.#lap = lap;
    if (this.ready) this.sum = running;
  }
}
