import type { Clock } from "../ports/clock.ts";
import { instantOfMs } from "../words/instant.ts";
import { invariant } from "../words/invariant.ts";

/** Moves only when told to and never back, so that a replayed day takes milliseconds and never varies. */
export class ManualClock implements Clock {
  #ms: number;
  #instant: Temporal.Instant;
  #instantMs: number;

  constructor(startMs: number) {
    this.#ms = startMs;
    this.#instant = instantOfMs(startMs);
    this.#instantMs = startMs;
  }

  /** The same object until the clock moves: facts of one moment share it. */
  now(): Temporal.Instant {
    if (this.#instantMs !== this.#ms) {
      this.#instantMs = this.#ms;
      this.#instant = instantOfMs(this.#ms);
    }
    return this.#instant;
  }

  get ms(): number {
    return this.#ms;
  }

  moveTo(ms: number): void {
    invariant(ms >= this.#ms, "a clock does not go back");
    this.#ms = ms;
  }
}
