/** One scored forecast: what was said, 0..1, and whether it came true. */
export type Scored = { readonly confidence: number; readonly cameTrue: boolean };

export type BrierScore = {
  readonly count: number;
  /** Mean squared error of the probabilities, 0 is perfect; Brier (1950). */
  readonly score: number;
  /**
   * Murphy's (1973) parts over bins of confidence: score = reliability − resolution + uncertainty + within, exactly. `within` is what bins
   * leave out, spread inside a bin less twice how it goes with outcomes; zero when a bin holds one confidence. Source: Stephenson, Coelho
   * and Jolliffe, "Two Extra Components in the Brier Score Decomposition", Weather and Forecasting 23 (2008).
   */
  readonly reliability: number;
  readonly resolution: number;
  readonly uncertainty: number;
  readonly within: number;
};

/** Twenty bins of 0.05; each holds its lower bound, the last one holds 1 too. A bound that a float just misses still counts as reached. */
const binCount = 20;
const binOf = (confidence: number): number => Math.min(binCount - 1, Math.floor(confidence * binCount + 1e-9));

type Bin = { readonly all: Scored[]; hits: number; said: number };

/** Scored forecasts come in; how well confidence stood for probability goes out. Undefined without any. */
export function brier(scored: readonly Scored[]): BrierScore | undefined {
  const count = scored.length;
  if (count === 0) return undefined;
  const base = scored.filter(({ cameTrue }) => cameTrue).length / count;
  const bins = new Map<number, Bin>();
  let score = 0;
  for (const each of scored) {
    const { confidence, cameTrue } = each;
    score += (confidence - (cameTrue ? 1 : 0)) ** 2;
    const at = binOf(confidence);
    const bin = bins.get(at) ?? { all: [], hits: 0, said: 0 };
    bin.all.push(each);
    bin.said += confidence;
    if (cameTrue) bin.hits++;
    bins.set(at, bin);
  }
  let reliability = 0;
  let resolution = 0;
  let within = 0;
  for (const { all, hits, said } of bins.values()) {
    const [meanSaid, meanHit] = [said / all.length, hits / all.length];
    reliability += all.length * (meanSaid - meanHit) ** 2;
    resolution += all.length * (meanHit - base) ** 2;
    for (const { confidence, cameTrue } of all) {
      const off = confidence - meanSaid;
      within += off * off - 2 * off * ((cameTrue ? 1 : 0) - meanHit);
    }
  }
  const mean = (sum: number): number => sum / count;
  return {
    count,
    score: mean(score),
    reliability: mean(reliability),
    resolution: mean(resolution),
    uncertainty: base * (1 - base),
    within: mean(within),
  };
}
