import { checkedPeriod } from "./period.ts";

/**
 * Highest of the last `period` values, in constant time (amortised): the ring keeps only values that are higher than all after them,
 * since no other can become the highest again. The lowest is the negated highest of negated values.
 */
export class RollingHighest {
  value = Number.NaN;
  ready = false;
  readonly #period: number;
  readonly #mask: number;
  readonly #candidates: Float64Array;
  /** The update that brought each candidate; doubles count far enough for any run. */
  readonly #broughtBy: Float64Array;
  #updates = 0;
  #oldest = 0;
  #candidateCount = 0;

  constructor(period: number) {
    this.#period = checkedPeriod(period, 1);
    const size = 2 ** Math.ceil(Math.log2(period));
    this.#mask = size - 1;
    this.#candidates = new Float64Array(size);
    this.#broughtBy = new Float64Array(size);
  }

  update(value: number): void {
    const mask = this.#mask;
    const candidates = this.#candidates;
    const now = this.#updates;
    let oldest = this.#oldest;
    let count = this.#candidateCount;
    if (count > 0 && (this.#broughtBy[oldest] ?? Number.NaN) <= now - this.#period) {
      oldest = (oldest + 1) & mask;
      count--;
    }
    while (count > 0 && (candidates[(oldest + count - 1) & mask] ?? Number.NaN) <= value) count--;
    const at = (oldest + count) & mask;
    candidates[at] = value;
    this.#broughtBy[at] = now;
    this.#oldest = oldest;
    this.#candidateCount = count + 1;
    this.#updates = now + 1;
    if (now + 1 < this.#period) return;
    this.ready = true;
    this.value = candidates[oldest] ?? Number.NaN;
  }
}
