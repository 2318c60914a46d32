import { invariant } from "../../../words/invariant.ts";
import type { ReadableIndicator } from "./bar-indicator.ts";
import { RollingMoments } from "./rolling-moments.ts";

/** Bollinger bands: the simple average of `period` closes, and `deviations` population standard deviations above and below it. */
export class Bollinger implements ReadableIndicator {
  readonly parts = ["middle", "upper", "lower"] as const;
  readonly #period: number;
  readonly #deviations: number;
  readonly #window: RollingMoments;

  constructor(period: number, deviations: number) {
    invariant(deviations > 0 && Number.isFinite(deviations), "Bollinger bands lie a number of deviations above zero apart from the middle");
    this.#window = new RollingMoments(period);
    this.#period = period;
    this.#deviations = deviations;
  }

  update(close: number): void {
    this.#window.update(close);
  }

  get ready(): boolean {
    return this.#window.ready;
  }

  get middle(): number {
    return this.#window.mean;
  }

  get upper(): number {
    return this.#window.mean + this.#reach();
  }

  get lower(): number {
    return this.#window.mean - this.#reach();
  }

  #reach(): number {
    return this.#deviations * Math.sqrt(this.#window.squares / this.#period);
  }

  onBar(_open: number, _high: number, _low: number, close: number): void {
    this.update(close);
  }

  read(into: Record<string, number>, names: readonly string[]): void {
    into[names[0] ?? ""] = this.middle;
    into[names[1] ?? ""] = this.upper;
    into[names[2] ?? ""] = this.lower;
  }
}
