import type { Bars } from "../src/flow/market/bars.ts";
import { demoMarketSpec } from "../src/sim/market/demo-market.ts";
import { Random } from "../src/sim/random.ts";
import { present } from "../src/words/invariant.ts";

/** A seeded walk of one-minute bars, in ticks and lots of the demo market's first asset, deep enough for any order of a bench. */
export function walk(length: number, seed: string): Bars {
  const { instrument } = present(demoMarketSpec("bench").assets[0], "the demo market has an asset");
  const random = new Random(seed);
  const column = (): Float64Array => new Float64Array(length);
  const columns = { openMs: column(), open: column(), high: column(), low: column(), close: column(), volume: column() };
  let price = 420_000;
  const startMs = Temporal.Instant.from("2024-01-01T00:00:00Z").epochMilliseconds;
  for (let at = 0; at < length; at++) {
    const open = price;
    price = Math.max(10, Math.round(price * (1 + random.normal() * 0.0006 + 0.00004 * Math.sin(at / 700))));
    const wick = Math.round(open * 0.0003 * random.next());
    columns.openMs[at] = startMs + at * 60_000;
    columns.open[at] = open;
    columns.close[at] = price;
    columns.high[at] = Math.max(open, price) + wick;
    columns.low[at] = Math.min(open, price) - wick;
    columns.volume[at] = 100_000 + Math.floor(50_000 * random.next());
  }
  return { instrument, interval: "1m", length, ...columns };
}
