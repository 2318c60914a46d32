import { describe, expect, it } from "vitest";
import { backtestReport } from "../../../src/lab/backtest-report.ts";
import { runBacktest } from "../../../src/lab/backtest.ts";
import { aPlan } from "../../lab/a-plan.ts";

describe("protection as legs of the entry", () => {
  it("comes to the same trades and the same money as orders of our own after the fill", () => {
    const [orders, bracket] = ["orders", "bracket"].map((by) => {
      const run = runBacktest(aPlan({ days: 20, set: [`execution.protectBy=${by}`] }));
      return {
        result: backtestReport(run, 1).result,
        latches: run.state.latches.map(({ name }) => name),
        venue: run.venue.balance().cash,
        wallet: run.state.wallet,
      };
    });
    expect(bracket!.result).toEqual(orders!.result);
    expect(bracket!.result.trades).toBeGreaterThan(10);
    expect(bracket!.wallet, "our books and the venue's agree to the last unit").toBe(bracket!.venue);
    expect(bracket!.latches).not.toContain("ledger_mismatch");
  });
});
