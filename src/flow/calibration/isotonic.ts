import type { Scored } from "./brier.ts";

/** A map that never falls: probabilities at rising confidences, straight lines between them, level beyond both ends. */
export type IsotonicMap = {
  readonly kind: "isotonic";
  /** Rising confidences, and the probability at each. */
  readonly knots: readonly number[];
  readonly probabilities: readonly number[];
};

/**
 * Isotonic regression by pooling adjacent violators (Ayer et al., 1955): of all maps that never fall, the one with the least squared error.
 * Each block of equal value becomes a knot at its mean confidence. Without forecasts the map has no knots.
 */
export function fitIsotonic(scored: readonly Scored[]): IsotonicMap {
  const sorted = scored.toSorted((one, other) => one.confidence - other.confidence);
  const blocks: { hits: number; said: number; count: number; last: number }[] = [];
  for (const { confidence, cameTrue } of sorted) {
    const hits = cameTrue ? 1 : 0;
    const top = blocks.at(-1);
    // One confidence has one probability, whatever order its outcomes came in.
    if (top?.last === confidence) {
      top.hits += hits;
      top.said += confidence;
      top.count++;
    } else blocks.push({ hits, said: confidence, count: 1, last: confidence });
  }
  const pooled: typeof blocks = [];
  for (const block of blocks) {
    let merged = block;
    for (let below = pooled.at(-1); below !== undefined && below.hits * merged.count >= merged.hits * below.count; below = pooled.at(-1)) {
      pooled.pop();
      merged = {
        hits: below.hits + merged.hits,
        said: below.said + merged.said,
        count: below.count + merged.count,
        last: merged.last,
      };
    }
    pooled.push(merged);
  }
  // What has always or never come true so far is no certainty: Laplace's rule over all outcomes bounds it.
  const least = 1 / (scored.length + 2);
  return {
    kind: "isotonic",
    knots: pooled.map(({ said, count }) => said / count),
    probabilities: pooled.map(({ hits, count }) => Math.min(1 - least, Math.max(least, hits / count))),
  };
}

export function alongIsotonic({ knots, probabilities }: IsotonicMap, confidence: number): number {
  const upper = knots.findIndex((knot) => knot >= confidence);
  if (upper === -1) return probabilities.at(-1) ?? confidence;
  const [x1 = confidence, y1 = confidence] = [knots[upper], probabilities[upper]];
  const [x0, y0] = [knots[upper - 1], probabilities[upper - 1]];
  if (x0 === undefined || y0 === undefined || x1 === x0) return y1;
  return y0 + ((y1 - y0) * (confidence - x0)) / (x1 - x0);
}
