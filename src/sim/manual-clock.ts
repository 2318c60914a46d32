import type { Clock } from "../ports/clock.ts";
import { Instants } from "../words/instant.ts";
import { invariant } from "../words/invariant.ts";

/** Moves only when told to and never back, so that a replayed day takes milliseconds and never varies. */
export class ManualClock implements Clock {
  readonly instants = new Instants();
  #ms: number;

  constructor(startMs: number) {
    this.#ms = startMs;
  }

  /** The same object until the clock moves: facts of one moment share it. */
  now(): Temporal.Instant {
    return this.instants.at(this.#ms);
  }

  get ms(): number {
    return this.#ms;
  }

  moveTo(ms: number): void {
    invariant(ms >= this.#ms, "a clock does not go back");
    this.#ms = ms;
  }
}
