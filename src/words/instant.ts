import { invariant } from "./invariant.ts";

/**
 * Columns keep time as whole milliseconds since 1970 in doubles; everything else is `Temporal`.
 * These two functions are the only bridge.
 */
export const instantOfMs = (epochMs: number): Temporal.Instant => {
  invariant(Number.isSafeInteger(epochMs), "an instant in a column is a whole number of milliseconds");
  return Temporal.Instant.fromEpochMilliseconds(epochMs);
};

export const msOf = (instant: Temporal.Instant): number => instant.epochMilliseconds;
