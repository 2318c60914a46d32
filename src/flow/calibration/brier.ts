/** One scored forecast: what was said, 0..1, and whether it came true. */
export type Scored = { readonly confidence: number; readonly cameTrue: boolean };

export type BrierScore = {
  readonly count: number;
  /** Mean squared error of the probabilities, 0 is perfect; Brier (1950). */
  readonly score: number;
  /** Murphy's (1973) parts: score = reliability − resolution + uncertainty, exactly when confidences are grouped by value. */
  readonly reliability: number;
  readonly resolution: number;
  readonly uncertainty: number;
};

/** Scored forecasts come in; how well confidence stood for probability goes out. Undefined without any. */
export function brier(scored: readonly Scored[]): BrierScore | undefined {
  const count = scored.length;
  if (count === 0) return undefined;
  const base = scored.filter(({ cameTrue }) => cameTrue).length / count;
  const groups = new Map<number, { n: number; hits: number }>();
  let score = 0;
  for (const { confidence, cameTrue } of scored) {
    score += (confidence - (cameTrue ? 1 : 0)) ** 2;
    const group = groups.get(confidence) ?? { n: 0, hits: 0 };
    group.n++;
    if (cameTrue) group.hits++;
    groups.set(confidence, group);
  }
  let reliability = 0;
  let resolution = 0;
  for (const [confidence, { n, hits }] of groups) {
    reliability += n * (confidence - hits / n) ** 2;
    resolution += n * (hits / n - base) ** 2;
  }
  return { count, score: score / count, reliability: reliability / count, resolution: resolution / count, uncertainty: base * (1 - base) };
}
