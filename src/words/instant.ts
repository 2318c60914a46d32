import { invariant } from "./invariant.ts";

/**
 * Columns keep time as whole milliseconds since 1970 in doubles; everything else is `Temporal`.
 * These two functions are the only bridge.
 */
export const instantOfMs = (epochMs: number): Temporal.Instant => {
  if (epochMs === newestMs) return newest;
  invariant(Number.isSafeInteger(epochMs), "an instant in a column is a whole number of milliseconds");
  newest = Temporal.Instant.fromEpochMilliseconds(epochMs);
  newestMs = epochMs;
  return newest;
};
// An instant costs an engine's allocation outside the heap, and most facts of a replay share one with the fact before.
let newestMs = 0;
let newest = Temporal.Instant.fromEpochMilliseconds(newestMs);

export const msOf = (instant: Temporal.Instant): number => instant.epochMilliseconds;
