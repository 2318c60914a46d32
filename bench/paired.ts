/** One side of a comparison: does the work once and returns what shows that it was done right. */
export type Side<Result> = { readonly name: string; readonly run: () => Result; readonly check: (result: Result) => void };

export type Paired = {
  readonly oursNs: number;
  readonly peerNs: number;
  readonly ratio: number;
  readonly worst: number;
  readonly best: number;
};

const median = (of: readonly number[]): number => [...of].sort((a, b) => a - b)[of.length >> 1] ?? Number.NaN;

/**
 * Both sides in one process, in turn, after warm-ups; a result is checked before its time counts. The ratio is the median of the
 * ratios pair by pair, since the machine's clock moves between runs. `units` divides the times.
 */
export function paired<Ours, Peer>(ours: Side<Ours>, peer: Side<Peer>, units: number, repeats = 9, warmups = 4): Paired {
  const oursNs: number[] = [];
  const peerNs: number[] = [];
  let ourRuns = 1;
  let peerRuns = 1;
  for (let at = -warmups; at < repeats; at++) {
    const a = timed(ours, ourRuns);
    const b = timed(peer, peerRuns);
    if (at < 0) {
      ourRuns = runsFor(a);
      peerRuns = runsFor(b);
      continue;
    }
    oursNs.push(a / units);
    peerNs.push(b / units);
  }
  const ratios = oursNs.map((ns, at) => ns / (peerNs[at] ?? Number.NaN));
  return { oursNs: median(oursNs), peerNs: median(peerNs), ratio: median(ratios), best: Math.min(...ratios), worst: Math.max(...ratios) };
}

/** A side that is done in a moment runs as often as fills this time, so that what the other left behind does not fall on it alone. */
const leastNs = 200e6;
const runsFor = (ns: number): number => Math.max(1, Math.ceil(leastNs / ns));

function timed<Result>(side: Side<Result>, runs: number): number {
  let took = 0;
  for (let n = 0; n < runs; n++) {
    const started = process.hrtime.bigint();
    const result = side.run();
    took += Number(process.hrtime.bigint() - started);
    side.check(result);
  }
  return took / runs;
}

export const row = (name: string, { oursNs, peerNs, ratio, best, worst }: Paired): string =>
  `${name.padEnd(44)} ${oursNs.toFixed(1).padStart(9)} ns  peer ${peerNs.toFixed(1).padStart(8)} ns  ratio ${ratio.toFixed(1)} (${best.toFixed(1)}..${worst.toFixed(1)})`;
