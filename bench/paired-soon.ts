import type { Paired } from "./paired.ts";

/** As `Side`, for work that waits for the disk. */
export type SoonSide<Result> = { readonly run: () => Promise<Result>; readonly check: (result: Result) => void };

const median = (of: readonly number[]): number => [...of].sort((a, b) => a - b)[of.length >> 1] ?? Number.NaN;

/** As `paired`, one side at a time though both may wait. */
export async function pairedSoon<Ours, Peer>(
  ours: SoonSide<Ours>,
  peer: SoonSide<Peer>,
  units: number,
  repeats = 9,
  warmups = 4,
): Promise<Paired> {
  const pairs: { readonly ours: number; readonly peer: number }[] = [];
  for (let at = -warmups; at < repeats; at++) {
    const pair = { ours: (await timed(ours)) / units, peer: (await timed(peer)) / units };
    if (at >= 0) pairs.push(pair);
  }
  const ratios = pairs.map((pair) => pair.ours / pair.peer);
  return {
    oursNs: median(pairs.map((pair) => pair.ours)),
    peerNs: median(pairs.map((pair) => pair.peer)),
    ratio: median(ratios),
    best: Math.min(...ratios),
    worst: Math.max(...ratios),
  };
}

/** A side that is done in a moment runs until this time is full, so that what the other left behind does not fall on it alone. */
const leastNs = 200e6;

async function timed<Result>(side: SoonSide<Result>): Promise<number> {
  let took = 0;
  let runs = 0;
  while (took < leastNs) {
    const started = process.hrtime.bigint();
    const result = await side.run();
    took += Number(process.hrtime.bigint() - started);
    runs++;
    side.check(result);
  }
  return took / runs;
}
