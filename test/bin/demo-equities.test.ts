import { expect, it } from "vitest";
import { demoEquitiesPlan } from "../../src/bin/equities-plan.ts";
import { runBacktest } from "../../src/lab/backtest.ts";

it("has a demo that decides, trades and refuses on bundled data alone, the same each time", () => {
  const [one, other] = [runBacktest(demoEquitiesPlan()), runBacktest(demoEquitiesPlan())];
  expect(one.count.fills).toBeGreaterThan(10);
  expect(one.count.refusals.size).toBeGreaterThan(0);
  expect(one.plan.journal.head().hash).toBe(other.plan.journal.head().hash);
  expect(one.state.measured.calibratorOf("house/equities-1")).toBeDefined();
});
