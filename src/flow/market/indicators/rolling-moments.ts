import { checkedPeriod } from "./period.ts";

/** Renewing this seldom costs next to nothing, and between renewals rounding stays below the tenth digit. */
const updatesBetweenRenewals = 128;
/** A remainder below this share of what went into the sums has lost too many digits by cancellation to be trusted. */
const shareTrusted = 1e-4;

/**
 * Mean and squared deviations of the last `period` values in constant time (amortised). Sums are kept about an origin near the
 * window, because the textbook difference of squares about zero loses every digit of a small deviation on a large price; the origin
 * is renewed from the ring on a fixed beat and whenever cancellation would show. Until the first renewal every sum is NaN.
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
  #untilRenewal: number;
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
    this.#untilRenewal = period;
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
    this.#untilRenewal--;
    if (this.#untilRenewal === 0 || squares < shareTrusted * squaresTaken) {
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
    this.#untilRenewal = this.#period;
  }

  /** The newest value is the origin, so that a flat window deviates by exactly nothing. */
  #renew(origin: number): void {
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
    this.#untilRenewal = Math.max(this.#period, updatesBetweenRenewals);
    this.mean = origin + sum * this.#share;
    this.squares = Math.max(squareSum - sum * sum * this.#share, 0);
    this.ready = true;
  }
}
