import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ClosedTrade } from "../../../src/flow/portfolio/trade.ts";
import { strategyRows, tradeFigures } from "../../../src/flow/reports/track-record.ts";
import { parseExact } from "../../../src/words/exact.ts";
import { correlationId, instrumentId } from "../../../src/words/ids.ts";
import { instantOfMs } from "../../../src/words/instant.ts";
import { money, moneyOfUnits, zeroMoney } from "../../../src/words/money.ts";

const trade = (strategy: string, net: string, endedBy: ClosedTrade["endedBy"] = "order"): ClosedTrade => ({
  instrument: instrumentId("BTC.PERP"),
  direction: "long",
  strategy,
  correlation: correlationId("x-1"),
  openedAt: instantOfMs(0),
  closedAt: instantOfMs(1),
  realised: money(net),
  fees: zeroMoney,
  funding: zeroMoney,
  net: money(net),
  endedBy,
});

describe("the track record", () => {
  it.each([
    { nets: [], figures: [0, null, null, null], because: "of nothing there is no mean" },
    { nets: ["10"], figures: [1, 1, "10", null], because: "one win has no losses to average" },
    { nets: ["0"], figures: [1, 0, null, "0"], because: "what only paid for itself did not win" },
    { nets: ["10", "-5", "-10"], figures: [3, 1 / 3, "10", "-7.5"], because: "a third won" },
    { nets: ["0.015", "0.01"], figures: [2, 1, "0.01", null], because: "an average is to the cent, half to even" },
  ])("of $nets is $figures, because $because", ({ nets, figures }) => {
    const { trades, winRate, averageWin, averageLoss } = tradeFigures(nets.map((net) => trade("a", net)));
    expect([trades, winRate, averageWin, averageLoss]).toEqual(figures);
  });

  it("tells strategies apart, by name, and how their trades ended (PERP-4)", () => {
    const rows = strategyRows([trade("swing", "5", "take_profit"), trade("dca", "-2", "stop_loss"), trade("swing", "-1", "stop_loss")]);
    expect(rows.map(({ name, trades, net, stopped, targets }) => [name, trades, net, stopped, targets])).toEqual([
      ["dca", 1, "-2", 1, 0],
      ["swing", 2, "4", 1, 1],
    ]);
  });

  it("adds up: no trade is lost between strategies, and no unit of money", () => {
    const anyTrade = fc.record({ name: fc.constantFrom("a", "b", "c"), units: fc.bigInt({ min: -(10n ** 18n), max: 10n ** 18n }) });
    fc.assert(
      fc.property(fc.array(anyTrade), (made) => {
        const trades = made.map(({ name, units }) => ({ ...trade(name, "0"), net: moneyOfUnits(units) }));
        const rows = strategyRows(trades);
        expect(rows.reduce((count, row) => count + row.trades, 0)).toBe(trades.length);
        const total = rows.reduce((sum, { net }) => {
          const read = parseExact(net);
          return sum + (read.ok ? read.value : 0n);
        }, 0n);
        expect(total).toBe(made.reduce((sum, { units }) => sum + units, 0n));
      }),
    );
  });
});
