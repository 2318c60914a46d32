import { describe, expect, it } from "vitest";
import { activityAt } from "../../../src/sim/market/activity.ts";
import { CommonFactor } from "../../../src/sim/market/common-factor.ts";
import { characters, RegimeChain, regimes, type Regime } from "../../../src/sim/market/regimes.ts";
import { hourMs, stepGridOf } from "../../../src/sim/market/step-grid.ts";
import { Random } from "../../../src/sim/random.ts";
import type { Interval } from "../../../src/words/interval.ts";

/** The share of time that the chain spends in each regime, by repeating its own probabilities until they settle. */
function sharesOf(): Record<Regime, number> {
  let visits = Object.fromEntries(regimes.map((regime) => [regime, 0.25])) as Record<Regime, number>;
  for (let i = 0; i < 2000; i++) {
    const next = { ...visits };
    for (const to of regimes)
      next[to] = 0.5 * visits[to] + 0.5 * regimes.reduce((sum, from) => sum + visits[from] * characters[from].next[to], 0);
    visits = next;
  }
  const whole = regimes.reduce((sum, regime) => sum + visits[regime] * characters[regime].hoursMean, 0);
  return Object.fromEntries(regimes.map((regime) => [regime, (visits[regime] * characters[regime].hoursMean) / whole])) as Record<
    Regime,
    number
  >;
}

/** The regime's turbulence in each hour of four weeks, in hundredths. */
const weather = (interval: Interval): number[] => {
  const grid = stepGridOf(interval);
  const factor = new CommonFactor({ annualVolatility: 0.5, jumpsPerYear: 10 }, grid, new Random("weather"));
  const hourly: number[] = [];
  for (let openMs = 0; openMs < 28 * 24 * hourMs; openMs += grid.barMs) {
    factor.nextBar(openMs);
    factor.turbulence.forEach((loud, step) => {
      const atMs = openMs + step * grid.stepMs;
      if (atMs % hourMs === 0) hourly.push(Math.round((loud * 100) / Math.sqrt(activityAt(atMs))));
    });
  }
  return hourly;
};

describe("the regimes", () => {
  const shares = sharesOf();
  const weighted = (value: (regime: Regime) => number): number => regimes.reduce((sum, regime) => sum + shares[regime] * value(regime), 0);

  it.each(regimes)("leave %s for another, with probabilities that sum to one", (regime) => {
    const next: Record<Regime, number> = characters[regime].next;
    expect(regimes.reduce((sum, to) => sum + next[to], 0)).toBeCloseTo(1, 12);
    expect(next[regime]).toBe(0);
  });

  it("have drifts that sum to about zero and squares of turbulence that average about one, over time", () => {
    expect(Math.abs(weighted((regime) => characters[regime].driftPerDay))).toBeLessThan(0.02);
    expect(Math.abs(weighted((regime) => characters[regime].turbulence ** 2) - 1)).toBeLessThan(0.02);
  });

  it("all appear in a long sample, each for about its share of the time, a crash about every 25 days", () => {
    const chain = new RegimeChain(new Random("long"));
    const counts: Record<Regime, number> = { trend_up: 0, trend_down: 0, range: 0, crash: 0 };
    let crashes = 0;
    const hours = 24 * 365 * 100;
    for (let hour = 0; hour < hours; hour++) {
      const before = chain.current;
      const after = chain.endHour();
      counts[after]++;
      if (after === "crash" && before !== "crash") crashes++;
    }
    for (const regime of regimes) expect(Math.abs(counts[regime] / hours / shares[regime] - 1)).toBeLessThan(0.1);
    expect(hours / 24 / crashes).toBeGreaterThan(23);
    expect(hours / 24 / crashes).toBeLessThan(28);
  });

  it("are the same weather in minutes and in days", () => {
    const expected = weather("1h");
    expect(new Set(expected).size).toBeGreaterThan(2);
    expect(weather("5m")).toEqual(expected);
    expect(weather("1d")).toEqual(expected);
  });
});

describe("activityAt", () => {
  it("averages one over a day and does not leap at midnight", () => {
    const minutes = Array.from({ length: 1440 }, (_, i) => activityAt(i * 60_000));
    expect(minutes.reduce((sum, activity) => sum + activity, 0) / 1440).toBeCloseTo(1, 12);
    expect(activityAt(-1)).toBeCloseTo(activityAt(0), 5);
    expect(activityAt(24 * hourMs * 20_000)).toBe(activityAt(0));
  });
});
