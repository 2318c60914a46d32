import { expect } from "vitest";

/** Equal to nine digits of `expected`, or of `scale` where a difference of prices may lie near zero. */
export function expectNear(actual: number, expected: number, because: string, scale = 0): void {
  expect(Number.isFinite(actual), `${because}: ${actual} is a number`).toBe(true);
  const apart = Math.abs(actual - expected) / Math.max(Math.abs(expected), scale, Number.MIN_VALUE);
  expect(apart, `${because}: ${actual} should be ${expected}`).toBeLessThanOrEqual(1e-9);
}
