import { describe, expect, it } from "vitest";
import { runBacktest } from "../../../src/lab/backtest.ts";
import { runAccounts } from "../../../src/lab/accounts.ts";
import { twinItems } from "../../../src/lab/twin/twin-items.ts";
import { twinReport } from "../../../src/lab/twin/twin-report.ts";
import type { PriceRule } from "../../../src/lab/twin/price-trade.ts";
import { demoCryptoPlan } from "../../../src/bin/crypto-plan.ts";
import { MemoryJournal } from "../../../src/journal/memory-store.ts";
import { anyPlan } from "../../../src/lab/accounts.ts";
import { aPlan, demoHours, entriesOf } from "../a-plan.ts";
import { aCoin, candles, idle, ScriptedModel, type Candle } from "../handmade.ts";

const free: PriceRule = { horizonBars: 4, feeBps: 0, spreadBps: 0, slippageBps: 0 };
/** Up by 1% of the first price a bar, without wicks. */
const rising: Candle[] = Array.from({ length: 8 }, (_, at) => [10_000 + at * 100, 10_100 + at * 100, 10_000 + at * 100, 10_100 + at * 100]);
const falling: Candle[] = Array.from({ length: 8 }, (_, at) => [10_000 - at * 100, 10_000 - at * 100, 9_900 - at * 100, 9_900 - at * 100]);
const histories = [candles(aCoin("AAA"), rising), candles(aCoin("BBB"), falling), candles(aCoin("CCC"), rising)];
const buy = (usd: number, at: number) => ({ action: "buy", usd, sl: at - 1_000, tp: at + 2_000, confidence: 0.7 }) as const;

function aReport(script: ConstructorParameters<typeof ScriptedModel>[0], ...set: readonly string[]) {
  const plan = aPlan({
    histories,
    strategy: idle,
    model: new ScriptedModel(script),
    set: ["perps.proposer=house", "perps.cacheMs=0", "limits.riskPerTradeBpsMax=300", "limits.duplicateWindowMs=0", ...set],
  });
  runBacktest(plan);
  return twinReport(twinItems(entriesOf(plan)), histories, free);
}
const turned = (report: ReturnType<typeof aReport>) =>
  report.rows.map(({ what, by, count, wouldHaveBrought, added }) => [what, by, count, wouldHaveBrought, added]);

/** Decided after the first bar, in at the open of the second (10,100 or 9,900) and out at the close of the fifth (10,500 or 9,500). */
const up = 400 / 10_100;
const down = -400 / 9_900;
const cents = (value: number): number => Math.round(value * 100) / 100;

describe("the twin ledger", () => {
  it("prices what a rail refused: what it saved, and what it cost", () => {
    const report = aReport({ 1: { AAA: buy(5_000, 10_100), BBB: buy(5_000, 9_900), CCC: buy(5_000, 10_100) } }, "limits.positionsMax=1");
    expect(turned(report)).toEqual([["refused", "positions_count", 2, cents(5_000 * (down + up)), cents(-5_000 * (down + up))]]);
    expect(report.stages.map(({ stage, count, wouldHaveBrought }) => [stage, count, wouldHaveBrought])).toEqual([
      ["model", 3, cents(5_000 * (up + down + up))],
      ["resolved", 3, cents(5_000 * (up + down + up))],
      ["sent", 1, expect.closeTo(5_000 * up, -1)],
    ]);
    expect(report.rows[0]).toMatchObject({ verdict: "too_few", perDay: null });
  });

  it("prices what a rail trimmed away, and only that", () => {
    const report = aReport({ 1: { AAA: buy(8_000, 10_100) } }, "limits.orderNotionalMax=5000", "perps.allocationUsdMax=40000");
    expect(turned(report)).toEqual([["trimmed", "order_value", 1, cents(3_000 * up), cents(-3_000 * up)]]);
  });

  it("prices what a person declined at what they were shown", () => {
    const report = aReport({ 1: { BBB: buy(5_000, 9_900) } }, "approval.personAboveUsd=1000");
    const [row] = report.rows;
    expect(row).toMatchObject({ what: "declined", count: 1, priced: 1 });
    // Sized in whole lots at its worst price: a little less than was wanted.
    expect(row!.added).toBeGreaterThan(-5_000 * down * 0.98);
    expect(row!.added).toBeLessThanOrEqual(cents(-5_000 * down));
    expect(report.stages.find(({ stage }) => stage === "sent")).toBeUndefined();
  });

  it("prices what a venue rejected", () => {
    const plan = aPlan({
      histories,
      strategy: idle,
      model: new ScriptedModel({ 1: { AAA: buy(5_000, 10_100) } }),
      set: ["perps.proposer=house", "perps.cacheMs=0", "limits.riskPerTradeBpsMax=300"],
      more: {
        through: (venue) =>
          new Proxy(venue, {
            get: (of, name) =>
              name === "place"
                ? () => ({ kind: "rejected", reason: "insufficient_margin", detail: "no", at: Temporal.Instant.fromEpochMilliseconds(0) })
                : typeof Reflect.get(of, name) === "function"
                  ? (Reflect.get(of, name) as () => unknown).bind(of)
                  : Reflect.get(of, name),
          }),
      },
    });
    runBacktest(plan);
    const report = twinReport(twinItems(entriesOf(plan)), histories, free);
    expect(report.rows.map(({ what, by, count }) => [what, by, count])).toEqual([["rejected", "insufficient_margin", 1]]);
    expect(report.stages.map(({ stage }) => stage)).toEqual(["model", "resolved"]);
  });

  it("prices a proposal that was not even valid", () => {
    const report = aReport({ 1: { AAA: { action: "buy", usd: 5_000, sl: 10_500, tp: 12_000, confidence: 0.7 } } });
    expect(report.rows.map(({ what, count }) => [what, count])).toEqual([["invalid", 1]]);
  });

  it("does not price what the data does not reach", () => {
    const report = aReport({ 6: { AAA: buy(5_000, 10_600), CCC: buy(5_000, 10_600) } }, "limits.positionsMax=1");
    expect(report.rows[0]).toMatchObject({ count: 1, priced: 0, wouldHaveBrought: 0, verdict: "too_few" });
    expect(report.unpriced).toEqual({ data_ends: 6 });
  });

  it("is the same again, seed and all", () => {
    const plan = aPlan({ days: 10, set: ["perps.strategy=swing"] });
    runBacktest(plan);
    const report = () =>
      twinReport(twinItems(entriesOf(plan)), demoHours("1", 10), { horizonBars: 24, feeBps: 5, spreadBps: 1, slippageBps: 1 });
    expect(report()).toEqual(report());
    expect(report().stages.map(({ stage }) => stage)).toEqual(["rules", "resolved", "sent"]);
    for (const { perDay, verdict } of report().rows) {
      if (perDay === null) continue;
      expect(perDay.low).toBeLessThanOrEqual(perDay.value);
      expect(verdict === "added").toBe(perDay.high < 0);
      expect(verdict === "cost").toBe(perDay.low > 0);
    }
  });

  it("sets rules, models and what was followed of them side by side where a desk hears both (DUAL-5)", () => {
    const journal = new MemoryJournal();
    const plan = demoCryptoPlan("1", 10, journal);
    runAccounts([anyPlan(plan)]);
    const report = twinReport(twinItems(journal.entries()), plan.histories, { horizonBars: 24, feeBps: 5, spreadBps: 1, slippageBps: 1 });
    expect(report.stages.map(({ stage }) => stage)).toEqual(["rules", "model", "arbitration", "resolved", "sent"]);
    expect(report.rows.some(({ what }) => what === "not_followed")).toBe(true);
  });
});
