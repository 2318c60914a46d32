import type { Random } from "../random.ts";

/** Mean of the absolute value of a standard normal, the root of 2 / pi. */
const meanMove = 0.797_884_560_802_865_4;
const movedMax = 12;

/**
 * Lots traded in a bar whose usual number is given: more when the price moved far, with noise of mean one (chi-square over its
 * degrees of freedom). `moved` is the bar's absolute return in usual standard deviations. At least one lot, since a bar is a trade.
 */
export function volumeOf(usualLots: number, moved: number, random: Random): number {
  let squares = 0;
  for (let i = 0; i < 6; i++) {
    const normal = random.normal();
    squares += normal * normal;
  }
  const pushed = 0.4 + 0.6 * (Math.min(moved, movedMax) / meanMove);
  return Math.max(1, Math.round(usualLots * pushed * (squares / 6)));
}
