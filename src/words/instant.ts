import { invariant } from "./invariant.ts";

/**
 * Columns keep time as whole milliseconds since 1970 in doubles; everything else is `Temporal`.
 * These two functions are the only bridge.
 */
export const instantOfMs = (epochMs: number): Temporal.Instant => {
  invariant(Number.isSafeInteger(epochMs), "an instant in a column is a whole number of milliseconds");
  return Temporal.Instant.fromEpochMilliseconds(epochMs);
};

/**
 * Keeps the two newest instants that it made: what happens in one millisecond shares one, since making one costs more than most that is
 * done with it. Two, because a decision and its fills take turns.
 */
export class Instants {
  #ms = Number.NaN;
  #instant: Temporal.Instant | undefined;
  #olderMs = Number.NaN;
  #older: Temporal.Instant | undefined;

  at(epochMs: number): Temporal.Instant {
    if (this.#instant !== undefined && this.#ms === epochMs) return this.#instant;
    if (this.#older !== undefined && this.#olderMs === epochMs) return this.#older;
    const instant = instantOfMs(epochMs);
    this.#olderMs = this.#ms;
    this.#older = this.#instant;
    this.#ms = epochMs;
    this.#instant = instant;
    return instant;
  }
}

export const msOf = (instant: Temporal.Instant): number => instant.epochMilliseconds;
