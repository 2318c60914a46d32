import type { AssetHistory, Bars } from "../src/flow/market/bars.ts";
import { runBacktest, type BacktestRun } from "../src/lab/backtest.ts";
import { demoMarketSpec } from "../src/sim/market/demo-market.ts";
import { Random } from "../src/sim/random.ts";
import { invariant } from "../src/words/invariant.ts";
import { paired, row } from "./paired.ts";
import { plainEngine } from "./plain-engine.ts";
import { replayPlan } from "./replay-plan.ts";

/** SMA 20/50 over 500,000 one-minute bars through the public strategy API, rails on, exact books, in-memory journal, against the hand-written event engine. */
const length = Number(process.argv[2] ?? 500_000);
const [btc] = demoMarketSpec("bench").assets;
invariant(btc !== undefined, "the demo market has an asset");

function walk(): Bars {
  invariant(btc !== undefined, "the demo market has an asset");
  const random = new Random("bar-replay");
  const column = (): Float64Array => new Float64Array(length);
  const bars = {
    instrument: btc.instrument,
    interval: "1m" as const,
    length,
    openMs: column(),
    open: column(),
    high: column(),
    low: column(),
    close: column(),
    volume: column(),
  };
  let price = 420_000;
  const startMs = Temporal.Instant.from("2024-01-01T00:00:00Z").epochMilliseconds;
  for (let at = 0; at < length; at++) {
    const open = price;
    price = Math.max(10, Math.round(price * (1 + random.normal() * 0.0006 + 0.00004 * Math.sin(at / 700))));
    const wick = Math.round(open * 0.0003 * random.next());
    bars.openMs[at] = startMs + at * 60_000;
    bars.open[at] = open;
    bars.close[at] = price;
    bars.high[at] = Math.max(open, price) + wick;
    bars.low[at] = Math.min(open, price) - wick;
    bars.volume[at] = 1000 + Math.floor(50_000 * random.next());
  }
  return bars;
}

const bars = walk();
const history: AssetHistory = { instrument: bars.instrument, bars };
const ours = (): BacktestRun => runBacktest(replayPlan([history]));

const expected = plainEngine(bars);
const result = paired(
  {
    name: "countersign",
    run: ours,
    // Every cross wakes the desk and every long was opened by one: the work was really done.
    check: (run) => {
      invariant(run.count.scans === expected.crosses, `${run.count.scans} wakes for ${expected.crosses} crosses`);
      invariant(run.state.trades.length > expected.fills / 4, `${run.state.trades.length} trades for ${expected.fills} fills`);
    },
  },
  {
    name: "plain engine",
    run: () => plainEngine(bars),
    check: (plain) => invariant(plain.equity === expected.equity, "the plain engine repeats itself"),
  },
  length,
  7,
  2,
);
const last = ours();
console.log(`${length} bars, ${expected.crosses} crosses, ${last.state.trades.length} round trips, ${last.state.sequence} facts`);
console.log(row("bar replay, ns a bar", result));
console.log(`${(1000 / result.oursNs).toFixed(2)} million bars a second`);
