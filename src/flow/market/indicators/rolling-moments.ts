import { checkedPeriod } from "./period.ts";

/**
 * A remainder below this share of what went into the sums has lost too many digits by cancellation to be trusted. The share also bounds
 * how much rounding can gather between renewals, to about the period times 10^-13 of the remainder.
 */
const shareTrusted = 1e-3;

/**
 * Mean and squared deviations of the last `period` values in constant time (amortised). Sums are kept about an origin near the
 * window, because the textbook difference of squares about zero loses every digit of a small deviation on a large price; the origin
 * and the sums are renewed from the ring whenever the loss would begin to show. Until the ring is full every sum is NaN.
 */
export class RollingMoments {
  mean = Number.NaN;
  /** Sum over the window of squared deviations from its mean: divide by the period (population) or one less (sample). */
  squares = Number.NaN;
  ready = false;
  readonly #period: number;
  readonly #share: number;
  readonly #values: Float64Array;
  #next = 0;
  #origin = Number.NaN;
  #sum = Number.NaN;
  #squareSum = Number.NaN;
  /** All squares that went in since the renewal; rounding errors are in proportion to it. */
  #squaresTaken = Number.NaN;

  /** Two values are the fewest that can deviate. */
  constructor(period: number) {
    this.#period = checkedPeriod(period, 2);
    this.#share = 1 / period;
    this.#values = new Float64Array(period);
  }

  update(value: number): void {
    const at = this.#next;
    const gone = (this.#values[at] ?? Number.NaN) - this.#origin;
    const come = value - this.#origin;
    this.#values[at] = value;
    this.#next = at + 1 === this.#period ? 0 : at + 1;
    const sum = this.#sum + (come - gone);
    const squareSum = this.#squareSum + (come * come - gone * gone);
    const squaresTaken = this.#squaresTaken + come * come;
    const shift = sum * this.#share;
    const squares = squareSum - sum * shift;
    // Written so that NaN renews as well: that is how the sums begin.
    if (!(squares >= shareTrusted * squaresTaken)) {
      this.#renew(value);
      return;
    }
    this.#sum = sum;
    this.#squareSum = squareSum;
    this.#squaresTaken = squaresTaken;
    this.mean = this.#origin + shift;
    this.squares = squares;
  }

  /** Forgets everything, for a series that was broken off. */
  restart(): void {
    this.ready = false;
    this.mean = Number.NaN;
    this.squares = Number.NaN;
    this.#origin = Number.NaN;
    this.#sum = Number.NaN;
    this.#squareSum = Number.NaN;
    this.#squaresTaken = Number.NaN;
    this.#next = 0;
  }

  /** The newest value is the origin, so that a flat window deviates by exactly nothing. */
  #renew(origin: number): void {
    if (!this.ready && this.#next !== 0) return;
    let sum = 0;
    let squareSum = 0;
    for (let at = 0; at < this.#period; at++) {
      const away = (this.#values[at] ?? Number.NaN) - origin;
      sum += away;
      squareSum += away * away;
    }
    this.#origin = origin;
    this.#sum = sum;
    this.#squareSum = squareSum;
    this.#squaresTaken = squareSum;
    this.mean = origin + sum * this.#share;
    this.squares = Math.max(squareSum - sum * sum * this.#share, 0);
    this.ready = true;
  }
}
