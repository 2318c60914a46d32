import { intervalMs, type Interval } from "../../words/interval.ts";

export const hourMs = 3_600_000;
export const dayMs = 24 * hourMs;
const daysPerYear = 365.25;

/** How a bar is cut into steps of the price path: `perBar` of `stepMs` each. */
export type StepGrid = {
  readonly barMs: number;
  readonly perBar: number;
  readonly stepMs: number;
  readonly stepDays: number;
  readonly stepsPerYear: number;
};

/** Every whole hour ends a step, so that marks, open interest and funding fall inside long bars as they do between short ones. */
export function stepGridOf(interval: Interval): StepGrid {
  const barMs = intervalMs[interval];
  const perBar = barMs <= hourMs ? 8 : (barMs / hourMs) * 4;
  const stepMs = barMs / perBar;
  const stepDays = stepMs / dayMs;
  return { barMs, perBar, stepMs, stepDays, stepsPerYear: daysPerYear / stepDays };
}

export const dayVolatilityOf = (annualVolatility: number): number => annualVolatility / Math.sqrt(daysPerYear);
