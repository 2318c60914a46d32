import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Forecast } from "../../../src/flow/calibration/forecast.ts";
import { resolveForecast } from "../../../src/flow/calibration/resolve-forecast.ts";
import { correlationId, instrumentId, proposalId } from "../../../src/words/ids.ts";
import { instantOfMs } from "../../../src/words/instant.ts";
import { price } from "../../../src/words/price.ts";

fc.configureGlobal({ seed: 20261121 });

const horizonMs = 10 * 3_600_000;
const up = { takeProfit: 110, stopLoss: 96 };
const down = { takeProfit: 90, stopLoss: 104 };
const aForecast = (direction: "up" | "down"): Forecast => ({
  proposal: proposalId("ab12-0001.0"),
  correlation: correlationId("ab12-0001"),
  by: { kind: "rules", name: "swing", version: "1" },
  instrument: instrumentId("BTCUSDT.PERP"),
  direction,
  confidence: 0.6,
  entry: price("10"),
  takeProfit: price(direction === "up" ? "11" : "9"),
  stopLoss: price(direction === "up" ? "9.5" : "10.5"),
  madeAt: instantOfMs(0),
  horizonAt: instantOfMs(horizonMs),
});
const resolved = (direction: "up" | "down", high: number, low: number, close: number, atMs: number) =>
  resolveForecast(aForecast(direction), direction === "up" ? up : down, high, low, close, instantOfMs(atMs));

describe("resolving a forecast", () => {
  it.each`
    direction | high   | low   | close  | at               | by           | came         | because
    ${"up"}   | ${110} | ${97} | ${109} | ${1}             | ${"target"}  | ${true}      | ${"the target was touched"}
    ${"up"}   | ${109} | ${96} | ${97}  | ${1}             | ${"stop"}    | ${false}     | ${"the stop was touched"}
    ${"up"}   | ${115} | ${90} | ${112} | ${1}             | ${"stop"}    | ${false}     | ${"a bar that holds both counts as stopped"}
    ${"up"}   | ${109} | ${97} | ${104} | ${horizonMs - 1} | ${undefined} | ${undefined} | ${"neither level and still time"}
    ${"up"}   | ${109} | ${97} | ${104} | ${horizonMs}     | ${"horizon"} | ${true}      | ${"time is up, nearer to the target"}
    ${"up"}   | ${109} | ${97} | ${103} | ${horizonMs}     | ${"horizon"} | ${false}     | ${"time is up in the middle of both: worth nothing more than nothing"}
    ${"up"}   | ${109} | ${97} | ${101} | ${horizonMs}     | ${"horizon"} | ${false}     | ${"a small gain is not the reward that expectations count"}
    ${"up"}   | ${112} | ${97} | ${99}  | ${horizonMs + 1} | ${"target"}  | ${true}      | ${"a level in the last bar goes before the horizon"}
    ${"down"} | ${103} | ${90} | ${91}  | ${1}             | ${"target"}  | ${true}      | ${"a fall's target lies below"}
    ${"down"} | ${104} | ${91} | ${103} | ${1}             | ${"stop"}    | ${false}     | ${"and its stop above"}
    ${"down"} | ${106} | ${89} | ${90}  | ${1}             | ${"stop"}    | ${false}     | ${"a bar that holds both counts as stopped"}
    ${"down"} | ${103} | ${91} | ${96}  | ${horizonMs}     | ${"horizon"} | ${true}      | ${"time is up, nearer to the target"}
    ${"down"} | ${103} | ${91} | ${97}  | ${horizonMs}     | ${"horizon"} | ${false}     | ${"time is up in the middle of both"}
    ${"down"} | ${103} | ${91} | ${99}  | ${horizonMs}     | ${"horizon"} | ${false}     | ${"a small gain is not the reward that expectations count"}
  `("$direction, high $high low $low close $close at $at is $by because $because", ({ direction, high, low, close, at, by, came }) => {
    const outcome = resolved(direction, high, low, close, at);
    expect(outcome?.by).toBe(by);
    expect(outcome?.cameTrue).toBe(came);
    if (outcome !== undefined) expect(outcome).toMatchObject({ proposal: "ab12-0001.0", resolvedAt: instantOfMs(at) });
  });

  it("counts at the horizon what is worth more than half of reward and risk together, whatever the levels (EQ-3)", () => {
    const step = fc.integer({ min: 1, max: 50 });
    fc.assert(
      fc.property(step, step, fc.integer({ min: -49, max: 49 }), (reward, risk, gained) => {
        fc.pre(gained < reward && gained > -risk);
        const close = 100 + gained;
        const levels = { takeProfit: 100 + reward, stopLoss: 100 - risk };
        const outcome = resolveForecast(aForecast("up"), levels, close, close, close, instantOfMs(horizonMs));
        // An expectation that takes it for won is off by less than one that takes it for lost.
        expect(outcome?.cameTrue).toBe(Math.abs(reward - gained) < Math.abs(-risk - gained));
      }),
    );
  });

  it("says of a fall what it says of the rise that mirrors it", () => {
    const tick = fc.integer({ min: 80, max: 120 });
    const mirrored = (ticks: number): number => 200 - ticks;
    fc.assert(
      fc.property(tick, tick, tick, fc.nat({ max: 2 * horizonMs }), (a, b, c, atMs) => {
        const [low, close, high] = [a, b, c].sort((one, other) => one - other) as [number, number, number];
        const levels = { takeProfit: 110, stopLoss: 95 };
        const rise = resolveForecast(aForecast("up"), levels, high, low, close, instantOfMs(atMs));
        const fall = resolveForecast(
          aForecast("down"),
          { takeProfit: 90, stopLoss: 105 },
          mirrored(low),
          mirrored(high),
          mirrored(close),
          instantOfMs(atMs),
        );
        expect(fall).toEqual(rise);
      }),
    );
  });
});
