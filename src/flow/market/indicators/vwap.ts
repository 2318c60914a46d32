import type { ReadableIndicator } from "./bar-indicator.ts";
import { RollingSum } from "./rolling-sum.ts";

/**
 * Average of the typical prices (high + low + close) / 3 of the last `period` bars, weighted by volume: rolling, not anchored to a
 * session. If none of them traded there is no such average, and the newest typical price stands for it.
 */
export class Vwap implements ReadableIndicator {
  readonly #volumes: RollingSum;
  readonly #weighted: RollingSum;
  /** Counts bars that traded: a rounded volume sum may miss zero by a hair, and a hair must not divide anything. */
  readonly #traded: RollingSum;
  #tripled = Number.NaN;

  constructor(period: number) {
    this.#volumes = new RollingSum(period);
    this.#weighted = new RollingSum(period);
    this.#traded = new RollingSum(period);
  }

  /** Three typical prices are summed and divided last, so that sums of whole ticks and lots stay whole and exact. */
  update(high: number, low: number, close: number, volume: number): void {
    const tripled = high + low + close;
    this.#volumes.update(volume);
    this.#weighted.update(tripled * volume);
    this.#traded.update(volume > 0 ? 1 : 0);
    this.#tripled = tripled;
  }

  get ready(): boolean {
    return this.#volumes.ready;
  }

  get value(): number {
    return this.#traded.sum === 0 ? this.#tripled / 3 : this.#weighted.sum / this.#volumes.sum / 3;
  }

  onBar(_open: number, high: number, low: number, close: number, volume: number): void {
    this.update(high, low, close, volume);
  }

  read(into: Record<string, number>, names: readonly string[]): void {
    into[names[0] ?? ""] = this.value;
  }
}
