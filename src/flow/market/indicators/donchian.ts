import type { ReadableIndicator } from "./bar-indicator.ts";
import { RollingHighest } from "./rolling-highest.ts";

/**
 * Donchian channel: highest high and lowest low of the last `period` completed bars, the newest included. A close can therefore never
 * lie outside it: a breakout compares the next bar, or a live price, with the channel as it stood when the last bar completed.
 */
export class Donchian implements ReadableIndicator {
  readonly parts = ["highest", "lowest"] as const;
  readonly #highs: RollingHighest;
  readonly #negatedLows: RollingHighest;

  constructor(period: number) {
    this.#highs = new RollingHighest(period);
    this.#negatedLows = new RollingHighest(period);
  }

  update(high: number, low: number): void {
    this.#highs.update(high);
    this.#negatedLows.update(-low);
  }

  get ready(): boolean {
    return this.#highs.ready;
  }

  get highest(): number {
    return this.#highs.value;
  }

  get lowest(): number {
    return -this.#negatedLows.value;
  }

  onBar(_open: number, high: number, low: number): void {
    this.update(high, low);
  }

  read(into: Record<string, number>, names: readonly string[]): void {
    into[names[0] ?? ""] = this.highest;
    into[names[1] ?? ""] = this.lowest;
  }
}
