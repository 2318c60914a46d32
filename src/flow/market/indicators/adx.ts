import type { ReadableIndicator } from "./bar-indicator.ts";
import { Ema } from "./ema.ts";
import { trueRange } from "./true-range.ts";

/**
 * Wilder's directional movement (1978): both directional indicators and their average index, each 0 to 100. Movement needs a bar
 * before it, so the indicators have `period` movements after `period + 1` bars, and the index `period` of those after `2 * period`.
 * Where the price did not move at all, direction is 0.
 */
export class Adx implements ReadableIndicator {
  readonly parts = ["adx", "plusDi", "minusDi"] as const;
  adx = Number.NaN;
  plusDi = Number.NaN;
  minusDi = Number.NaN;
  ready = false;
  readonly #ranges: Ema;
  readonly #ups: Ema;
  readonly #downs: Ema;
  readonly #index: Ema;
  #highBefore = Number.NaN;
  #lowBefore = Number.NaN;
  #closeBefore = Number.NaN;
  #started = false;

  constructor(period: number) {
    this.#ranges = new Ema(period, 1 / period);
    this.#ups = new Ema(period, 1 / period);
    this.#downs = new Ema(period, 1 / period);
    this.#index = new Ema(period, 1 / period);
  }

  update(high: number, low: number, close: number): void {
    const up = high - this.#highBefore;
    const down = this.#lowBefore - low;
    const range = trueRange(high, low, this.#closeBefore);
    this.#highBefore = high;
    this.#lowBefore = low;
    this.#closeBefore = close;
    if (!this.#started) {
      this.#started = true;
      return;
    }
    this.#ranges.update(range);
    this.#ups.update(up > down && up > 0 ? up : 0);
    this.#downs.update(down > up && down > 0 ? down : 0);
    if (this.#downs.ready) this.#measure(this.#ranges.value, this.#ups.value, this.#downs.value);
  }

  #measure(range: number, up: number, down: number): void {
    const moved = up + down;
    this.#index.update(moved === 0 ? 0 : (100 * Math.abs(up - down)) / moved);
    if (!this.#index.ready) return;
    this.ready = true;
    this.adx = this.#index.value;
    this.plusDi = range === 0 ? 0 : (100 * up) / range;
    this.minusDi = range === 0 ? 0 : (100 * down) / range;
  }

  onBar(_open: number, high: number, low: number, close: number): void {
    this.update(high, low, close);
  }

  read(into: Record<string, number>, names: readonly string[]): void {
    into[names[0] ?? ""] = this.adx;
    into[names[1] ?? ""] = this.plusDi;
    into[names[2] ?? ""] = this.minusDi;
  }
}
