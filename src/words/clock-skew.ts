/** How far another clock is ahead of ours, below zero behind, and by how much that may be wrong; in milliseconds, which may have halves. */
export type ClockSkew = { readonly skewMs: number; readonly uncertaintyMs: number };

/** What was last learned of a venue's clock. One that was asked and did not tell is unknown, and never taken for right. */
export type KnownClock = ({ readonly known: "measured"; readonly at: Temporal.Instant } & ClockSkew) | { readonly known: "unanswered" };

/** As reconciling a venue's stamps with our own asks for: beyond half a second nobody can say how old a quote is. */
export const clockSkewMsMax = 500;

/** An answer known no better than this says nothing. Whole seconds, as some venues tell them, over a way of a second there and back still do. */
export const clockUncertaintyMsMax = 1_000;

/**
 * Cristian's way (1989): what was told is taken for true in the middle of the way there and back, and may be wrong by half of that way. A
 * clock that is told in steps, such as whole seconds, was somewhere in the step that it names, so that half a step comes on top.
 */
export function clockSkewOf(askedMs: number, answeredMs: number, toldMs: number, stepMs: number): ClockSkew {
  const half = stepMs / 2;
  return { skewMs: toldMs + half - (askedMs + answeredMs) / 2, uncertaintyMs: (answeredMs - askedMs) / 2 + half };
}

/** The least that the clocks differ by, whatever was lost on the way. */
export const surelyOffMs = ({ skewMs, uncertaintyMs }: ClockSkew): number => Math.max(0, Math.abs(skewMs) - uncertaintyMs);

/** Within its bounds, as far as anybody knows. Written so that what is not a number is not. */
export const clockAgrees = (skew: ClockSkew): boolean => surelyOffMs(skew) <= clockSkewMsMax && skew.uncertaintyMs <= clockUncertaintyMsMax;
