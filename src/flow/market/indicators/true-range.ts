/** How far a bar reached, counting the gap from the close before it. Wilder, New Concepts in Technical Trading Systems (1978). */
export function trueRange(high: number, low: number, closeBefore: number): number {
  const up = high - closeBefore;
  const down = closeBefore - low;
  const range = high - low;
  const larger = up > down ? up : down;
  return range > larger ? range : larger;
}
