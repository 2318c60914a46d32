import { invariant } from "../../../words/invariant.ts";
import type { ReadableIndicator } from "./bar-indicator.ts";
import { Ema } from "./ema.ts";

/**
 * Appel's moving average convergence and divergence, in the unit of the prices: fast less slow average, its own average (the signal)
 * and their difference. Ready after `slow + signal - 1` closes. Each average starts from its own first closes; TA-Lib lets the fast one
 * start late, beside the slow one, which differs in the first few dozen bars only.
 */
export class Macd implements ReadableIndicator {
  readonly parts = ["macd", "signal", "histogram"] as const;
  macd = Number.NaN;
  signal = Number.NaN;
  histogram = Number.NaN;
  ready = false;
  readonly #fast: Ema;
  readonly #slow: Ema;
  readonly #signal: Ema;

  constructor(fast: number, slow: number, signal: number) {
    invariant(fast < slow, "the fast average of a MACD has the shorter period");
    this.#fast = new Ema(fast);
    this.#slow = new Ema(slow);
    this.#signal = new Ema(signal);
  }

  update(close: number): void {
    this.#fast.update(close);
    this.#slow.update(close);
    if (!this.#slow.ready) return;
    const macd = this.#fast.value - this.#slow.value;
    this.#signal.update(macd);
    if (!this.#signal.ready) return;
    const signal = this.#signal.value;
    this.ready = true;
    this.macd = macd;
    this.signal = signal;
    this.histogram = macd - signal;
  }

  onBar(_open: number, _high: number, _low: number, close: number): void {
    this.update(close);
  }

  read(into: Record<string, number>, names: readonly string[]): void {
    into[names[0] ?? ""] = this.macd;
    into[names[1] ?? ""] = this.signal;
    into[names[2] ?? ""] = this.histogram;
  }
}
