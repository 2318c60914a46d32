import type { Bars } from "../../../src/flow/market/bars.ts";

export const meanOf = (list: readonly number[]): number => list.reduce((sum, value) => sum + value, 0) / list.length;

/** Simple returns from close to close. */
export const returnsOf = ({ close, length }: Bars): number[] => Array.from({ length: length - 1 }, (_, i) => close[i + 1]! / close[i]! - 1);

export function correlationOf(left: readonly number[], right: readonly number[]): number {
  const [a, b] = [meanOf(left), meanOf(right)];
  let [cross, squaresLeft, squaresRight] = [0, 0, 0];
  left.forEach((value, i) => {
    cross += (value - a) * (right[i]! - b);
    squaresLeft += (value - a) ** 2;
    squaresRight += (right[i]! - b) ** 2;
  });
  return cross / Math.sqrt(squaresLeft * squaresRight);
}

export const autocorrelationOf = (list: readonly number[], lag: number): number => correlationOf(list.slice(lag), list.slice(0, -lag));

export function deviationOf(list: readonly number[]): number {
  const mean = meanOf(list);
  return Math.sqrt(meanOf(list.map((value) => (value - mean) ** 2)));
}

export function excessKurtosisOf(list: readonly number[]): number {
  const mean = meanOf(list);
  return meanOf(list.map((value) => (value - mean) ** 4)) / deviationOf(list) ** 4 - 3;
}
