import { describe, expect, it } from "vitest";
import { money } from "../../src/words/money.ts";
import { rate } from "../../src/words/rate.ts";
import { aPlan, entriesOf } from "./a-plan.ts";
import { aCoin, candles, firstMs, hourMs, idle, ScriptedModel, still, type Candle } from "./handmade.ts";
import { PlainBooks } from "./plain-books.ts";
import { wide } from "./wide-limits.ts";
import { disagreements, factsOf, held, played, resting } from "./play.ts";
import { formatExact } from "../../src/words/exact.ts";
import { backtestReport } from "../../src/lab/backtest-report.ts";
import { runBacktest } from "../../src/lab/backtest.ts";

const crash: Candle[] = [still(10_000), still(10_000), [10_000, 10_000, 8000, 8200], still(8200), still(8200)];
const all = { 1: { BTC: { action: "buy", usd: 1_500_000, tp: 11_000 } } } as const;

describe("a liquidation from end to end (PERP-11)", () => {
  it.each(["cross", "isolated"])("is booked with its fee, and our books stay the venue's, in %s mode", (mode) => {
    const run = played({ bars: crash, script: all, set: [...wide, `account.marginMode=${mode}`] });
    const fills = factsOf(run, "filled").filter(({ fill }) => fill.reason === "liquidation");
    expect(fills).toHaveLength(1);
    expect(factsOf(run, "liquidation_charged")).toHaveLength(1);
    expect([...held(run), ...resting(run), ...disagreements(run)]).toEqual([]);
    expect(run.state.trades.map(({ endedBy }) => endedBy)).toEqual(["liquidation"]);
    expect(run.state.latches.map(({ name }) => name)).not.toContain("ledger_mismatch");

    const books = new PlainBooks();
    for (const { fact } of entriesOf(run.plan)) books.see(fact, { maker: "0", taker: "0.0005" });
    expect(books.faults).toEqual([]);
    const { result, strategies } = backtestReport(run, 0);
    expect([formatExact(run.state.wallet), result.liquidationFees]).toEqual([books.cash.toFixed(), books.liquidation.toFixed()]);
    expect(strategies[0]?.net, "the trade bears the venue's charge").toBe(result.netPnl);
  });

  it("comes within the bar, at the price where the margin ends, not at its close", () => {
    const run = played({ bars: crash, script: all, set: wide });
    const [fill] = factsOf(run, "filled").filter(({ fill: { reason } }) => reason === "liquidation");
    // 149.5 coins at 10000 with about 100000 behind them stand down to some 6 % below, less the maintenance of 1 %.
    const at = Number(formatExact(fill!.fill.price));
    expect(at).toBeGreaterThan(9350);
    expect(at).toBeLessThan(9500);
  });

  it("does not come to a position that a stop takes out first", () => {
    const run = played({ bars: crash, script: { 1: { BTC: { action: "buy", usd: 1_500_000, sl: 9700, tp: 11_000 } } }, set: wide });
    expect(run.state.trades.map(({ endedBy }) => endedBy)).toEqual(["stop_loss"]);
    expect(factsOf(run, "liquidation_charged")).toEqual([]);
  });

  it("adds to an isolated position by what each order brings, until one would stand too near its liquidation", () => {
    const buy = { action: "buy", usd: 20_000, sl: 9_500, tp: 11_000 } as const;
    // At 5 times with a rate of 0.01 a new long is (0.2 - 0.01) / 0.99 = 19.19% from liquidation; a fall of 3% takes that from what is held.
    const bars = [still(10_000), still(10_000), still(10_000), still(9_700), still(9_700), still(9_700)];
    const limits = ["limits.liquidationDistanceBpsMin=1800", "limits.leverageMax=5", "limits.duplicateWindowMs=0"];
    const set = [
      "account.marginMode=isolated",
      "account.leverage=5",
      "execution.entryWorstBps=0",
      "limits.stopDistanceBpsMax=1000",
      ...limits,
    ];
    const run = played({ bars, script: { 1: { BTC: buy }, 2: { BTC: buy }, 4: { BTC: buy } }, set });
    expect(held(run)).toEqual(["BTC.PERP 4"]);
    expect(run.state.position(aCoin().id)?.isolatedMargin).toBe(money("8000"));
    expect(factsOf(run, "refused").map(({ refusal }) => [refusal.code, refusal.limit])).toEqual([["liquidation_distance", 1800]]);
    expect(disagreements(run)).toEqual([]);
  });

  it.each(["cross", "isolated"])("funding that is paid at the mark moves both books alike in %s mode", (mode) => {
    const coin = aCoin();
    const atMs = Float64Array.from([2, 3, 4], (hour) => firstMs + hour * hourMs + 7);
    const value = [rate("0.0123456789"), rate("-0.000000012345"), rate("0.00377")];
    const mark = { instrument: coin, length: 3, atMs, value: [10_011_123_456_789_012n, 9_999_999_999_999_999n, 10_050_000_000_000_001n] };
    const plan = aPlan({
      histories: [
        candles(
          coin,
          Array.from({ length: 6 }, () => still(10_000)),
          { funding: { instrument: coin, length: 3, atMs, value }, mark },
        ),
      ],
      strategy: idle,
      model: new ScriptedModel({ 1: { BTC: { action: "buy", usd: 33_333, sl: 9700, tp: 11_000 } } }),
      set: ["perps.proposer=house", `account.marginMode=${mode}`],
    });
    const run = runBacktest(plan);
    const books = new PlainBooks();
    for (const { fact } of entriesOf(plan)) books.see(fact, { maker: "0.0002", taker: "0.0005" });
    expect(books.faults).toEqual([]);
    expect(books.fundings).toBe(3);
    expect(formatExact(run.state.wallet)).toBe(books.cash.toFixed());
    expect(disagreements(run)).toEqual([]);
  });
});
