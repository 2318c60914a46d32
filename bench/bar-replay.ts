import type { AssetHistory, Bars } from "../src/flow/market/bars.ts";
import { runBacktest, type BacktestRun } from "../src/lab/backtest.ts";
import { demoMarketSpec } from "../src/sim/market/demo-market.ts";
import { Random } from "../src/sim/random.ts";
import { invariant } from "../src/words/invariant.ts";
import { paired, row } from "./paired.ts";
import { plainEngine, type PlainResult } from "./plain-engine.ts";
import { replayPlan, type Levels } from "./replay-plan.ts";

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
    bars.volume[at] = 100_000 + Math.floor(50_000 * random.next());
  }
  return bars;
}

const bars = walk();
const history: AssetHistory = { instrument: bars.instrument, bars };
const ours = (levels: Levels) => (): BacktestRun => runBacktest(replayPlan([history], levels));

const expected = plainEngine(bars);
const peer = {
  name: "plain engine",
  run: () => plainEngine(bars),
  check: (plain: PlainResult) => invariant(plain.equity === expected.equity, "the plain engine repeats itself"),
};

/** The same wakes and the same trades as the peer; with stops there are at least as many, since a stop ends some before their cross. */
function check({ count, state }: BacktestRun): void {
  invariant(count.scans === expected.crosses, `${count.scans} wakes for ${expected.crosses} crosses`);
  const roundTrips = Math.floor(expected.fills / 2);
  invariant(state.trades.length === roundTrips, `${state.trades.length} round trips for ${roundTrips}`);
}

for (const levels of ["none", "stop"] as const) {
  const result = paired({ name: "countersign", run: ours(levels), check }, peer, length, 7, 4);
  const { state } = ours(levels)();
  console.log(`${length} bars, ${expected.crosses} crosses, ${state.trades.length} round trips, ${state.sequence} facts`);
  console.log(row(levels === "none" ? "bar replay, ns a bar" : "the same with a stop behind each position", result));
  console.log(`${(1000 / result.oursNs).toFixed(2)} million bars a second`);
}
