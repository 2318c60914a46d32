/** Waits between calls of one model: doubling from `firstMs` up to `mostMs`. */
export type Backoff = { readonly firstMs: number; readonly mostMs: number };

/**
 * "Full jitter" (Brooker, Exponential Backoff And Jitter, 2015): uniform between nothing and the doubled wait, so that accounts which
 * failed together do not come back together. `draw` is in [0, 1); `retry` counts from 0. The answer is in whole milliseconds.
 */
export const backoffMs = ({ firstMs, mostMs }: Backoff, retry: number, draw: number): number =>
  Math.floor(draw * Math.min(mostMs, firstMs * 2 ** retry));
