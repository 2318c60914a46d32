import * as fc from "fast-check";
import { barOpen, intervalMs, intervals, type Interval } from "../../../src/words/interval.ts";
import { seededDraw } from "./indicators/random-walk.ts";
import type { Row } from "./some-bars.ts";

export type Feed = { readonly base: Interval; readonly coarse: Interval; readonly rows: readonly Row[] };

const pairs = intervals.flatMap((base) =>
  intervals.filter((coarse) => intervalMs[coarse] % intervalMs[base] === 0).map((coarse) => ({ base, coarse })),
);

/** Base bars of any interval on their grid, with short and long gaps, and any interval they make up. */
export const feeds: fc.Arbitrary<Feed> = fc
  .record({
    pair: fc.constantFrom(...pairs),
    seed: fc.integer(),
    count: fc.integer({ min: 0, max: 120 }),
    gapChance: fc.constantFrom(0, 0.1, 0.7),
  })
  .map(({ pair: { base, coarse }, seed, count, gapChance }) => {
    const draw = seededDraw(seed);
    const baseMs = intervalMs[base];
    const ratio = intervalMs[coarse] / baseMs;
    let openMs = barOpen(1_700_000_000_000 + Math.floor(draw() * intervalMs["1w"]), base);
    const rows = Array.from({ length: count }, (): Row => {
      openMs += baseMs * (draw() < gapChance ? 1 + Math.floor(draw() * 2.5 * ratio) : 1);
      const [open, close] = [1_000 + Math.floor(draw() * 100), 1_000 + Math.floor(draw() * 100)];
      return [
        openMs,
        open,
        Math.max(open, close) + Math.floor(draw() * 10),
        Math.min(open, close) - Math.floor(draw() * 10),
        close,
        Math.floor(draw() * 50),
      ];
    });
    return { base, coarse, rows };
  });
