import { strategy as smaCross } from "../examples/sma-cross.ts";
import { HouseModel } from "../src/adapters/house-model/house-model.ts";
import type { AssetHistory, Bars } from "../src/flow/market/bars.ts";
import { MemoryJournal } from "../src/journal/memory-store.ts";
import { runBacktest, type BacktestRun } from "../src/lab/backtest.ts";
import { demoMarketSpec } from "../src/sim/market/demo-market.ts";
import { Random } from "../src/sim/random.ts";
import { accountId } from "../src/words/ids.ts";
import { invariant } from "../src/words/invariant.ts";
import { money } from "../src/words/money.ts";
import { bps } from "../src/words/rate.ts";
import { paired, row } from "./paired.ts";
import { plainEngine } from "./plain-engine.ts";

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
const limits = {
  allowed: [bars.instrument.id],
  priceCollarBps: 100,
  referenceGapBpsMax: 150,
  quoteAgeMsMax: 120_000,
  spreadBpsMax: 50,
  orderNotionalMax: money("50000"),
  orderEquityBpsMax: 5_000,
  positionNotionalMax: money("60000"),
  concentrationBpsMax: 6_000,
  grossExposureBpsMax: 20_000,
  netExposureBpsMax: 15_000,
  leverageMax: 3,
  liquidationDistanceBpsMin: 1_000,
  dailyLossBpsMax: 9_000,
  drawdownBpsMax: 9_900,
  ordersPerMinuteMax: 30,
  entriesPerHourMax: 12,
  duplicateWindowMs: 60_000,
  duplicateSizeBps: 1_000,
  positionsMax: 8,
  stopRequired: true,
  stopDistanceBpsMin: 5,
  stopDistanceBpsMax: 2_500,
  riskPerTradeBpsMax: 200,
};

function ours(): BacktestRun {
  return runBacktest({
    account: accountId("bench"),
    histories: [history],
    switches: [],
    cadence: "signal",
    settings: {
      // A target that is never met: the hand-written engine has none.
      strategy: { ...smaCross, numbers: { ...smaCross.numbers, rewardToRisk: 50 } },
      proposer: "rules",
      model: "house/perps-1",
      prompt: { id: "none@1", text: "" },
      interval: "1m",
      allocationMax: money("50000"),
      confidenceMin: 0.5,
      decisionsPerMinuteMax: 60,
      cacheMs: 60_000,
      materialMoveBps: 10,
      horizonBars: 24,
    },
    rules: {
      limits,
      approval: { personAbove: undefined, secondsMax: 3_600 },
      ages: { quoteMs: limits.quoteAgeMsMax, fundingMs: 43_200_000, openInterestMs: 14_400_000 },
      entryWorstBps: 30,
      exitWorstBps: 150,
      protectBy: "orders",
      patience: { visibilityMs: 30_000, differenceMs: 60_000 },
    },
    venue: {
      seed: "1",
      startCash: money("100000"),
      makerFee: bps(2),
      takerFee: bps(5),
      spreadBps: 1,
      slippageBps: 1,
      latencyMs: 250,
      participation: 0.1,
      leverage: 3,
      marginMode: "cross",
    },
    record: { "account.leverage": 3, "account.marginMode": "cross", "account.costMethod": "average" },
    digest: "bench",
    model: new HouseModel(),
    journal: new MemoryJournal(),
  });
}

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
