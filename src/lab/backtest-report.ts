import type { DeskSettings } from "../runtime/desk.ts";
import { armReport, type ArmRow } from "./prompts/arm-report.ts";
import { brier, type BrierScore } from "../flow/calibration/brier.ts";
import type { LatchName } from "../flow/portfolio/standing.ts";
import { strategyRows, tradeFigures, type StrategyRow, type TradeFigures } from "../flow/reports/track-record.ts";
import { approximately, formatExact } from "../words/exact.ts";
import type { InstrumentId } from "../words/ids.ts";
import { instantOfMs } from "../words/instant.ts";
import { present } from "../words/invariant.ts";
import { minus, notional, over, plus, sum, timesRate, zeroMoney, type Money } from "../words/money.ts";
import { priceOfTicks, type Price } from "../words/price.ts";
import { quantityFor, toLot } from "../words/quantity.ts";
import type { BacktestRun } from "./backtest.ts";
import type { ModelUseReport } from "./model-use.ts";
import { performanceOf, type PerformanceSample } from "./performance/performance-sample.ts";
import { countsOf } from "./run-count.ts";
import { dailyReturns, maxDrawdown, sharpe, sortino } from "./statistics.ts";

/** Money is a decimal string, ratios are numbers; a ratio that too few days or trades stand behind is null. */
export type BacktestReport = {
  readonly desk: string;
  readonly synthetic: boolean;
  readonly data: {
    readonly assets: readonly string[];
    readonly from: string;
    readonly to: string;
    readonly interval: string;
    readonly bars: number;
  };
  readonly result: TradeFigures & {
    readonly equityStart: string;
    readonly equityEnd: string;
    /** After all costs, those of models too. */
    readonly netPnl: string;
    readonly netBeforeModelCosts: string;
    readonly realised: string;
    readonly unrealised: string;
    readonly fees: string;
    /** Of the fees: what shares cost that were lent for short sales. */
    readonly borrow: string;
    readonly funding: string;
    readonly liquidationFees: string;
    readonly modelCosts: string;
    readonly maxDrawdown: number;
    readonly sharpe: number | null;
    readonly sortino: number | null;
    readonly exposure: number;
    readonly turnover: number;
    readonly buyAndHold: string;
    readonly openPositions: readonly { readonly instrument: string; readonly quantity: string; readonly unrealised: string }[];
  };
  /** What models were asked and cost; all of it zero where rules decide. */
  readonly models: ModelUseReport;
  /** A row for each prompt that was asked with: one, unless the run tests several (PERP-7). */
  readonly arms: readonly ArmRow[];
  /** What intervals are drawn from, when this run is held against another (`countersign report`). */
  readonly performance: PerformanceSample;
  readonly strategies: readonly StrategyRow[];
  readonly calibration: BrierScore | null;
  readonly decisions: { readonly scans: number; readonly total: number; readonly byOutcome: Readonly<Record<string, number>> };
  readonly refusals: Readonly<Record<string, number>>;
  readonly invalid: Readonly<Record<string, number>>;
  readonly fallbacks: Readonly<Record<string, number>>;
  /** Those that are still set at the end, each since when. */
  readonly latches: readonly { readonly name: LatchName; readonly latchedAt: string }[];
  readonly journal: { readonly facts: number; readonly hash: string };
  readonly timing: { readonly wallMs: number; readonly barsPerSecond: number };
};

/** A finished run comes in; everything a person or a script asks of it goes out. */
export function backtestReport<Settings extends DeskSettings>(run: BacktestRun<Settings>, wallMs: number): BacktestReport {
  const { plan, state, curve, count, tape } = run;
  const totals = state.ledger.totals();
  const equityEnd = finalEquity(run);
  const start = plan.venue.startCash;
  const { trades } = state;
  const bars = tape.assets.reduce((all, { length }) => all + length, 0);
  const returns = dailyReturns(curve.atMs, curve.equity, curve.length, approximately(start));
  const hash = plan.journal.head().hash;
  return {
    desk: plan.desk.id,
    synthetic: tape.assets.some(({ instrument }) => instrument.venue === "synthetic"),
    data: {
      assets: tape.assets.map(({ instrument }) => instrument.id),
      from: instantOfMs(tape.firstMs).toString(),
      to: instantOfMs(tape.lastMs).toString(),
      interval: present(tape.assets[0], "a tape has at least one asset").interval,
      bars,
    },
    result: {
      equityStart: formatExact(start),
      equityEnd: formatExact(equityEnd),
      netPnl: formatExact(minus(equityEnd, start)),
      netBeforeModelCosts: formatExact(plus(minus(equityEnd, start), totals.modelCosts)),
      realised: formatExact(totals.realised),
      unrealised: formatExact(sum(state.positions.map(({ instrument }) => unrealised(run, instrument)))),
      fees: formatExact(totals.fees),
      borrow: formatExact(count.borrow),
      funding: formatExact(totals.funding),
      liquidationFees: formatExact(totals.liquidationFees),
      modelCosts: formatExact(totals.modelCosts),
      ...tradeFigures(trades),
      maxDrawdown: maxDrawdown(curve.equity, curve.length),
      sharpe: sharpe(returns, 365),
      sortino: sortino(returns, 365),
      exposure: curve.exposure,
      turnover: curve.average > 0 ? approximately(count.tradedNotional) / curve.average : 0,
      buyAndHold: formatExact(buyAndHold(run)),
      openPositions: state.positions.map(({ instrument, quantity }) => ({
        instrument,
        quantity: formatExact(quantity),
        unrealised: formatExact(unrealised(run, instrument)),
      })),
    },
    models: count.models.report(),
    arms: armReport(count.asking, trades),
    performance: performanceOf(run),
    strategies: strategyRows(trades),
    calibration: brier(state.forecasts.scored) ?? null,
    decisions: { scans: count.scans, total: count.candidates, byOutcome: countsOf(count.outcomes) },
    refusals: countsOf(count.refusals),
    invalid: countsOf(count.invalid),
    fallbacks: countsOf(count.fallbacks),
    latches: state.latches.map(({ name, latchedAt }) => ({ name, latchedAt: latchedAt.toString() })),
    journal: { facts: state.sequence, hash },
    timing: { wallMs: Math.round(wallMs), barsPerSecond: Math.round((bars / Math.max(1, wallMs)) * 1000) },
  };
}

/** What does not look at a desk's settings. */
type AnyRun = Pick<BacktestRun, "state" | "tape"> & { readonly plan: Pick<BacktestRun["plan"], "venue"> };

function lastPrice({ tape }: AnyRun, id: InstrumentId): Price {
  const bars = present(
    tape.assets.find(({ instrument }) => instrument.id === id),
    `${id} is on the tape`,
  );
  return priceOfTicks(bars.close[bars.length - 1] ?? 0, bars.instrument.tick);
}

const unrealised = (run: AnyRun, id: InstrumentId): Money => run.state.ledger.unrealised(id, lastPrice(run, id));

const finalEquity = (run: AnyRun): Money => run.state.ledger.equity((id) => lastPrice(run, id));

/** What the same money, split over the assets and bought at the first open with the taker's fee, would have made; no leverage, no funding. */
function buyAndHold({ plan, tape }: AnyRun): Money {
  // Nobody holds a chain.
  const assets = tape.assets.filter(({ instrument }) => instrument.kind !== "option");
  if (assets.length === 0) return zeroMoney;
  const share = over(plan.venue.startCash, assets.length, "down");
  let gained = zeroMoney;
  for (const { instrument, open, close, length } of assets) {
    const bought = priceOfTicks(open[0] ?? 0, instrument.tick);
    if (bought <= 0n) continue;
    const quantity = toLot(quantityFor(share, bought, instrument.multiplier, "down"), instrument.lot, "down");
    const cost = notional(bought, quantity, instrument.multiplier, "up");
    const worth = notional(priceOfTicks(close[length - 1] ?? 0, instrument.tick), quantity, instrument.multiplier, "down");
    const fee = timesRate(cost, plan.venue.takerFee, "up");
    gained = plus(gained, minus(minus(worth, cost), fee));
  }
  return gained;
}
