import type { Scored } from "./brier.ts";

/** A straight line through the mean: what was said moves the probability by `slope` of its distance from `mean`. */
export type ShrunkMap = { readonly kind: "shrunk"; readonly base: number; readonly mean: number; readonly slope: number };

/** As many made-up outcomes at the mean confidence as keep a handful of real ones from saying much. */
const priorOutcomes = 10;
/** Squared spread of that many confidences a quarter away from their mean: until the real spread outweighs it, the slope stays near zero. */
const priorSpread = priorOutcomes / 16;

/** For few outcomes: the base rate, moved by confidence only as far as outcomes have shown that it says something; a ridge regression. */
export function fitShrunk(scored: readonly Scored[]): ShrunkMap {
  const count = scored.length;
  // Summed from the first on, so that the mean of one number said often is that number, and nothing seems to spread around it.
  const first = scored[0]?.confidence ?? 0.5;
  const mean = first + scored.reduce((sum, { confidence }) => sum + (confidence - first), 0) / Math.max(1, count);
  const hits = scored.filter(({ cameTrue }) => cameTrue).length;
  const base = (hits + priorOutcomes * mean) / (count + priorOutcomes);
  let together = 0;
  let spread = priorSpread;
  for (const { confidence, cameTrue } of scored) {
    together += (confidence - mean) * ((cameTrue ? 1 : 0) - base);
    spread += (confidence - mean) ** 2;
  }
  return { kind: "shrunk", base, mean, slope: Math.min(1, Math.max(0, together / spread)) };
}

export const alongShrunk = ({ base, mean, slope }: ShrunkMap, confidence: number): number =>
  Math.min(1, Math.max(0, base + slope * (confidence - mean)));
