import { Decimal } from "decimal.js";
import { describe, expect, it } from "vitest";
import { backtestReport, type BacktestReport } from "../../src/lab/backtest-report.ts";
import { runBacktest } from "../../src/lab/backtest.ts";
import { formatExact } from "../../src/words/exact.ts";
import { sum } from "../../src/words/money.ts";
import { aPlan, demoHours, entriesOf } from "./a-plan.ts";
import { still } from "./handmade.ts";
import { factsOf, played } from "./play.ts";

const dayMs = 86_400_000;
const histories = demoHours("5", 16);
const startMs = histories[0]!.bars.openMs[0]!;
const decimals = /^-?\d+(\.\d*[1-9])?$/;

describe("strategies switched on the way (PERP-4)", () => {
  const plan = aPlan({
    histories,
    set: ["perps.strategy=scalping", "limits.drawdownBpsMax=9000", "limits.dailyLossBpsMax=9000"],
    switches: [
      { fromMs: startMs + 6 * dayMs, strategy: "aggressive" },
      { fromMs: startMs + 11 * dayMs, strategy: "dca" },
    ],
  });
  const run = runBacktest(plan);
  const report = backtestReport(run, 10);

  it("are facts, at the first decision from the instant on", () => {
    const switched = entriesOf(plan).flatMap(({ fact, at }) =>
      fact.kind === "strategy_switched" ? [[fact.from, fact.to, at.epochMilliseconds - startMs]] : [],
    );
    expect(switched).toEqual([
      ["scalping", "aggressive", 6 * dayMs],
      ["aggressive", "dca", 11 * dayMs],
    ]);
    const woke = new Set(factsOf(run, "woke").map(({ strategy }) => strategy));
    expect([...woke]).toEqual(["scalping", "aggressive", "dca"]);
  });

  it("each have their own row, and the rows add up to the whole", () => {
    expect(report.strategies.map(({ name }) => name)).toEqual(["aggressive", "dca", "scalping"]);
    const total = (of: (row: BacktestReport["strategies"][number]) => number): number =>
      report.strategies.reduce((all, row) => all + of(row), 0);
    expect(total(({ trades }) => trades)).toBe(report.result.trades);
    expect(total(({ winRate, trades }) => Math.round((winRate ?? 0) * trades))).toBe(
      Math.round((report.result.winRate ?? 0) * report.result.trades),
    );
    // What closed trades brought and what open ones have had so far is all that ever moved the cash.
    const rows = report.strategies.reduce((all, { net }) => all.plus(net), new Decimal(0));
    const open = run.state.positions.map(({ realised, fees, funding }) => realised - fees + funding) as never;
    const { realised, fees, funding, liquidationFees } = report.result;
    expect(rows.plus(formatExact(sum(open))).toFixed()).toBe(
      new Decimal(realised).minus(fees).plus(funding).minus(liquidationFees).toFixed(),
    );
    expect(formatExact(run.state.wallet)).toBe(
      new Decimal("100000").plus(realised).minus(fees).plus(funding).minus(liquidationFees).toFixed(),
    );
  });

  it("belong to the strategy that opened them", () => {
    for (const trade of run.state.trades) {
      const woke = entriesOf(plan).find(({ fact, correlation }) => fact.kind === "woke" && correlation === trade.correlation)?.fact;
      expect(woke?.kind === "woke" ? woke.strategy : "no decision").toBe(trade.strategy);
    }
  });

  it("change watchers too when the desk wakes on signals", () => {
    const never = { ...plan.settings, strategy: { ...plan.settings.strategy, name: "never", watcher: () => () => false } };
    const always = { ...plan.settings, strategy: { ...plan.settings.strategy, name: "always", watcher: () => () => true } };
    const on = aPlan({
      histories,
      set: ["perps.cadence=signal"],
      more: { settings: never, switches: [{ fromMs: startMs + 15 * dayMs, settings: always }] },
    });
    const woken = factsOf(runBacktest(on), "woke");
    expect([woken.length, new Set(woken.map(({ strategy, trigger }) => `${strategy} ${trigger}`))]).toEqual([
      25,
      new Set(["always signal"]),
    ]);
  });
});

describe("the report", () => {
  it("says money in plain decimals and ratios as numbers", () => {
    const { result, strategies } = backtestReport(runBacktest(aPlan({ histories, set: ["perps.strategy=swing"] })), 1);
    for (const [name, value] of Object.entries(result)) {
      if (["openPositions", "trades", "winRate", "maxDrawdown", "sharpe", "sortino", "exposure", "turnover"].includes(name)) continue;
      expect(value, name).toMatch(decimals);
    }
    for (const { net } of strategies) expect(net).toMatch(decimals);
    expect(result.maxDrawdown).toBeGreaterThan(0);
    expect(result.exposure).toBeGreaterThan(0);
    expect(new Decimal(result.equityStart).plus(result.netPnl).toFixed()).toBe(result.equityEnd);
    expect(new Decimal(result.realised).plus(result.unrealised).minus(result.fees).plus(result.funding).toFixed()).toBe(result.netPnl);
  });

  it("has no rates of nothing", () => {
    const run = played({ bars: [still(10_000), still(10_000)] });
    const { result, strategies, calibration, decisions } = backtestReport(run, 0);
    expect([result.trades, result.winRate, result.averageWin, result.averageLoss, result.sharpe, result.sortino]).toEqual([
      0,
      null,
      null,
      null,
      null,
      null,
    ]);
    expect([result.maxDrawdown, result.exposure, result.turnover, result.netPnl, result.equityEnd]).toEqual([0, 0, 0, "0", "100000"]);
    expect([strategies, calibration, decisions]).toEqual([[], null, { scans: 2, total: 2, byOutcome: { hold: 2 } }]);
  });

  it("holds a position against having bought and held, by hand", () => {
    const run = played({ bars: [still(10_000), [10_000, 12_000, 10_000, 12_000]], set: ["venue.takerFeeBps=5"] });
    // 100000 buys 10 coins, worth 20000 more in the end, less a fee of 50.
    expect(backtestReport(run, 0).result.buyAndHold).toBe("19950");
  });
});
