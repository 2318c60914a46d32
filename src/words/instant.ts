import { invariant } from "./invariant.ts";

/**
 * Columns keep time as whole milliseconds since 1970 in doubles; everything else is `Temporal`.
 * These two functions are the only bridge.
 */
export const instantOfMs = (epochMs: number): Temporal.Instant => {
  invariant(Number.isSafeInteger(epochMs), "an instant in a column is a whole number of milliseconds");
  return Temporal.Instant.fromEpochMilliseconds(epochMs);
};

/** Keeps the newest instant that it made: what happens in one millisecond shares one, since making one costs more than most that is done with it. */
export class Instants {
  #ms = Number.NaN;
  #instant: Temporal.Instant | undefined;

  at(epochMs: number): Temporal.Instant {
    if (this.#instant === undefined || this.#ms !== epochMs) {
      this.#instant = instantOfMs(epochMs);
      this.#ms = epochMs;
    }
    return this.#instant;
  }
}

export const msOf = (instant: Temporal.Instant): number => instant.epochMilliseconds;
