import { textAt } from "./column-digits.ts";
import { concatenated, countedUp, pickedDoubles, pickedRows, type ExactColumn } from "./exact-column.ts";
import type { RowFault } from "./row-fault.ts";
import { timeText } from "./row-rules.ts";

/** Rows of one source in order of time: what is stored, or what a file brings. */
export type Segment = {
  /** File name, or undefined for what is stored. */
  readonly source: string | undefined;
  /** Strictly increasing. */
  readonly atMs: Float64Array;
  readonly columns: readonly ExactColumn[];
  readonly lineOf: (index: number) => number;
};

export type MergedRows = {
  readonly atMs: Float64Array;
  readonly columns: readonly ExactColumn[];
  /** By segment: how many of its rows were there already, with the same values. */
  readonly alreadyThere: readonly number[];
  /** By segment: rows that are there already with other values. */
  readonly overlaps: readonly (readonly { readonly index: number; readonly fault: RowFault }[])[];
};

/** Joins segments to one strictly increasing list. On one instant the earlier segment wins, and the later row must be the same. */
export function mergeRows(segments: readonly Segment[]): MergedRows {
  const [only] = segments;
  if (only !== undefined && segments.length === 1) return { atMs: only.atMs, columns: only.columns, alreadyThere: [0], overlaps: [[]] };
  const starts: number[] = [];
  let total = 0;
  for (const segment of segments) {
    starts.push(total);
    total += segment.atMs.length;
  }
  const atMs = new Float64Array(total);
  const owner = new Int32Array(total);
  segments.forEach((segment, index) => {
    const start = starts[index] ?? 0;
    atMs.set(segment.atMs, start);
    owner.fill(index, start, start + segment.atMs.length);
  });
  const width = segments[0]?.columns.length ?? 0;
  const columns = Array.from({ length: width }, (_, field) =>
    concatenated(segments.map((segment) => segment.columns[field] as ExactColumn)),
  );
  const order = timeOrder(atMs);
  const alreadyThere = segments.map(() => 0);
  const overlaps = segments.map((): { index: number; fault: RowFault }[] => []);
  const kept = new Int32Array(total);
  let count = 0;
  for (const row of order) {
    const before = count === 0 ? -1 : (kept[count - 1] as number);
    if (before === -1 || atMs[before] !== atMs[row]) {
      kept[count++] = row;
      continue;
    }
    const segment = owner[row] as number;
    if (columns.every((column) => column.values[row] === column.values[before])) {
      alreadyThere[segment] = (alreadyThere[segment] as number) + 1;
      continue;
    }
    const there = segments[owner[before] as number]?.source;
    const index = row - (starts[segment] as number);
    const detail = `${timeText(atMs[row] as number)} is ${there === undefined ? "stored" : `in ${there}`} as ${rowText(columns, before)}, here it is ${rowText(columns, row)}`;
    overlaps[segment]?.push({ index, fault: { line: segments[segment]?.lineOf(index) ?? 0, rule: "overlap", detail } });
  }
  const rows = kept.subarray(0, count);
  return {
    atMs: pickedDoubles(atMs, rows),
    columns: columns.map((column) => pickedRows(column, rows)),
    alreadyThere,
    overlaps,
  };
}

/** Stable, and free where the segments follow one another, as a year of daily files does. */
function timeOrder(atMs: Float64Array): Int32Array {
  const order = countedUp(atMs.length);
  const sorted = atMs.every((at, row) => row === 0 || at >= (atMs[row - 1] as number));
  return sorted ? order : order.sort((left, right) => (atMs[left] as number) - (atMs[right] as number) || left - right);
}

const rowText = (columns: readonly ExactColumn[], row: number): string => columns.map((column) => textAt(column, row)).join(",");
