type Setting = { readonly fromMs: number; readonly offMs: number; readonly reachedMs: number };

/** Half as fast while it waits for the time that it is ahead of, as clocks are slowed down rather than turned back. */
const slowed = 0.5;

/**
 * A venue's own clock: the true time until it is set wrong. What it says of an instant it says of it ever after, and of a later instant
 * never less, so that the order of stamps is the order in which things happened. Whole UTC milliseconds.
 */
export class WrongClock {
  #settings: readonly Setting[] = [];
  /** The newest instant that it was asked for. */
  #askedMs = -Infinity;

  /** Whether it was never off. */
  get isTrue(): boolean {
    return this.#settings.length === 0;
  }

  at(ms: number): number {
    this.#askedMs = Math.max(this.#askedMs, ms);
    return this.#said(ms);
  }

  /** From the next millisecond on; right again with zero. */
  set(nowMs: number, offMs: number): void {
    if (this.isTrue && offMs === 0) return;
    const fromMs = Math.max(nowMs, this.#askedMs);
    this.#settings = [...this.#settings, { fromMs, offMs, reachedMs: this.#said(fromMs) }];
  }

  /** The earliest true instant at which it may have said `ms`. */
  earliest(ms: number): number {
    return ms - Math.max(0, ...this.#settings.map(({ fromMs, offMs, reachedMs }) => Math.max(offMs, reachedMs - fromMs)));
  }

  #said(ms: number): number {
    const setting = this.#settings.findLast(({ fromMs }) => fromMs < ms);
    if (setting === undefined) return ms;
    const { fromMs, offMs, reachedMs } = setting;
    return Math.max(ms + offMs, reachedMs + Math.floor((ms - fromMs) * slowed));
  }
}
