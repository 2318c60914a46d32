import { describe, expect, it } from "vitest";
import { readTables } from "../../src/adapters/house-model/read-tables.ts";
import type { AssetHistory } from "../../src/flow/market/bars.ts";
import { runBacktest } from "../../src/lab/backtest.ts";
import { formatExact } from "../../src/words/exact.ts";
import { quantity } from "../../src/words/quantity.ts";
import { rate } from "../../src/words/rate.ts";
import { aPlan } from "../lab/a-plan.ts";
import { aCoin, candles, firstMs, hourMs, idle, ScriptedModel, still, type Candle } from "../lab/handmade.ts";
import { played } from "../lab/play.ts";

const buy = { action: "buy", usd: 10_000, sl: 9_500, tp: 11_000 } as const;
const flat = (bars: number): Candle[] => Array.from({ length: bars }, () => still(10_000));

/** The rows of one table of each question, as a reader finds them. */
const rowsOf = (model: ScriptedModel, table: string) => model.questions.map(({ user }) => readTables(user)[table] ?? []);

describe("what a proposer is told (PERP-2)", () => {
  it("says what a decision brought once its trade is over, and not before", () => {
    // Bought 0.99 at 10,000 at the second open; the third bar touches the target of 11,000.
    const bars = flat(5).map((candle, at): Candle => (at === 3 ? [10_000, 11_100, 10_000, 10_000] : candle));
    const { model, state } = played({ bars, script: { 1: { BTC: buy } } });
    const recent = rowsOf(model, "RECENT").map((rows) => rows.map((row) => `${row["action"]} ${row["fate"]} ${row["net_usd"]}`));
    expect(recent).toEqual([[], ["buy filled "], ["buy filled "], ["buy filled 990"], ["buy filled 990"]]);
    expect(state.trades.map(({ net }) => formatExact(net))).toEqual(["990"]);
  });

  it("takes a liquidation's later charge off what the decision brought", () => {
    const wide = [
      "limits.stopRequired=false",
      "limits.liquidationDistanceBpsMin=0",
      "limits.dailyLossBpsMax=10000",
      "limits.drawdownBpsMax=10000",
    ];
    const large = ["orderNotionalMax", "positionNotionalMax"].map((key) => `limits.${key}=10000000`);
    const shares = ["orderEquityBpsMax", "concentrationBpsMax", "grossExposureBpsMax", "netExposureBpsMax"].map(
      (key) => `limits.${key}=200000`,
    );
    const { model, state } = played({
      bars: [still(10_000), still(10_000), [10_000, 10_000, 8000, 8200], still(8200)],
      script: { 1: { BTC: { action: "buy", usd: 1_500_000, tp: 11_000 } } },
      set: [
        ...wide,
        ...large,
        ...shares,
        "limits.riskPerTradeBpsMax=10000",
        "account.leverage=20",
        "limits.leverageMax=20",
        "perps.allocationUsdMax=10000000",
      ],
    });
    const [trade] = state.trades;
    expect(trade?.endedBy).toBe("liquidation");
    const told = rowsOf(model, "RECENT").at(-1)?.[0]?.["net_usd"];
    expect(Number(told)).toBeCloseTo(Number(formatExact(trade!.net)), 1);
    expect(Number(formatExact(trade!.fees))).toBeGreaterThan(0);
  });

  it("shows funding and open interest while they are young enough, and minutes to the next funding", () => {
    const coin = aCoin();
    const heard = (value: bigint) => ({ instrument: coin, atMs: Float64Array.of(firstMs + hourMs), value: [value], length: 1 });
    const history: AssetHistory = {
      ...candles(coin, flat(7)),
      funding: heard(rate("0.0001")),
      openInterest: heard(quantity("123456.789")),
    };
    const model = new ScriptedModel({});
    const set = [
      "perps.proposer=house",
      "perps.cacheMs=0",
      `perps.fundingAgeMsMax=${4 * hourMs}`,
      `perps.openInterestAgeMsMax=${2 * hourMs}`,
    ];
    runBacktest(aPlan({ histories: [history], strategy: idle, model, set }));
    const seen = rowsOf(model, "ASSETS").map(([row]) => `${row?.["funding_rate"]} ${row?.["funding_in_min"]} ${row?.["open_interest"]}`);
    expect(seen).toEqual([
      "0.0001 420 123456.789",
      "0.0001 360 123456.789",
      "0.0001 300 123456.789",
      "0.0001 240 ",
      "0.0001 180 ",
      " 120 ",
      " 60 ",
    ]);
  });

  it("shows the base frame's volumes, newest first, to three digits and in one unit", () => {
    const bars = [1234, 5678, 98_765].map((lots): Candle => [10_000, 10_000, 10_000, 10_000, lots]);
    const { model } = played({ bars });
    expect(rowsOf(model, "FRAME 1h").at(-1)).toEqual([{ symbol: "BTC", closes: "0 0 0", volume_unit: "0.1", volumes: "9880 568 123" }]);
  });
});
