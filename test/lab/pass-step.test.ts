import { afterEach, describe, expect, it, vi } from "vitest";
import { runBacktest } from "../../src/lab/backtest.ts";
import type { Strategy } from "../../src/flow/proposals/strategy.ts";
import { SimVenue } from "../../src/sim/venue/sim-venue.ts";
import { aPlan, demoHours } from "./a-plan.ts";
import { factsOf } from "./play.ts";
import { wide } from "./wide-limits.ts";

const daring = [...wide, "limits.entriesPerHourMax=60"];

/** All in, and out again much later: what a position can lose in between is its margin. */
const allIn: Strategy = {
  name: "all-in",
  version: "1",
  description: "In with everything the account can carry, now and then out",
  numbers: { allocationBpsMax: 170_000, riskBps: 10_000, stopAtr: 1, rewardToRisk: 1, confidenceMin: 0.5 },
  frames: [{ times: 1, indicators: {} }],
  watcher: () => {
    let bars = 0;
    return () => ++bars % 17 === 0;
  },
  decide: (asset) =>
    asset.position === undefined
      ? { action: "buy", confidence: 0.9, riskLevel: "high", rationale: "flat", exitPlan: "later" }
      : { action: "close_position", confidence: 0.9, rationale: "held" },
};

const plain = ["perps.strategy=aggressive"];
const runs = [
  { name: "with stops and targets", set: plain },
  { name: "in isolated margin", set: [...plain, "account.marginMode=isolated"] },
  { name: "with much leverage", set: daring, strategy: allIn },
  { name: "with much leverage in isolated margin", set: [...daring, "account.marginMode=isolated"], strategy: allIn },
];
const cases = ["1", "2", "3", "4"].flatMap((seed) => [0, 1].flatMap((asset) => runs.map((run) => ({ ...run, seed, asset }))));

let liquidations = 0;
afterEach(() => vi.restoreAllMocks());

describe("a step that is played at once", () => {
  it.each(cases)("says what the same step says phase by phase: market $seed, asset $asset, $name", ({ seed, asset, set, strategy }) => {
    const [whole] = demoHours(seed, 60).slice(asset);
    const { instrument, bars, funding } = whole!;
    const planOf = (slowly: boolean) =>
      aPlan({
        // Without marks, which come with every bar of this market and leave nothing to pass.
        histories: [{ instrument, bars, ...(funding === undefined ? {} : { funding }) }],
        set,
        ...(strategy === undefined ? {} : { strategy }),
        // A halt of another year: where there are any, every step is played phase by phase.
        more: { cadence: "signal", ...(slowly ? { halts: [{ instrument: instrument.id, fromMs: 1, toMs: 2 }] } : {}) },
      });
    const passes = vi.spyOn(SimVenue.prototype, "passBar");
    const [quick, slow] = [planOf(false), planOf(true)];
    const run = runBacktest(quick);
    const offered = passes.mock.calls.length;
    const passed = passes.mock.results.filter(({ value }) => value === true).length;
    runBacktest(slow);
    expect(passes.mock.calls.length, "the other run passes nothing by").toBe(offered);
    expect(passed, "most bars touch nothing").toBeGreaterThan(offered / 2);
    expect(offered - passed, "some do").toBeGreaterThan(5);
    const fills = factsOf(run, "filled");
    expect(fills.length, "a run without fills proves nothing").toBeGreaterThan(3);
    liquidations += fills.filter(({ fill }) => fill.reason === "liquidation").length;
    expect(quick.journal.head().hash).toBe(slow.journal.head().hash);
  });

  it("was held against margin calls too", () => {
    expect(liquidations).toBeGreaterThan(5);
  });
});
