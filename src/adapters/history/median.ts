/**
 * The middle value, or the mean of the two middle ones; NaN of none. Hoare's selection on a copy: linear, where a sort of a year of
 * minutes costs more than reading its file.
 */
export function median(values: Float64Array): number {
  const { length } = values;
  if (length === 0) return Number.NaN;
  const sorting = values.slice();
  const middle = length >> 1;
  select(sorting, middle);
  const upper = sorting[middle] as number;
  if (length % 2 === 1) return upper;
  let lower = Number.NEGATIVE_INFINITY;
  for (let index = 0; index < middle; index++) lower = Math.max(lower, sorting[index] as number);
  return (lower + upper) / 2;
}

/** Puts the value of rank `rank` in its place, none larger before it and none smaller after it. */
function select(values: Float64Array, rank: number): void {
  let from = 0;
  let to = values.length - 1;
  while (from < to) {
    const pivot = values[(from + to) >> 1] as number;
    let left = from;
    let right = to;
    while (left <= right) {
      while ((values[left] as number) < pivot) left++;
      while ((values[right] as number) > pivot) right--;
      if (left > right) break;
      const moved = values[left] as number;
      values[left++] = values[right] as number;
      values[right--] = moved;
    }
    if (rank <= right) to = right;
    else if (rank >= left) from = left;
    else return;
  }
}
