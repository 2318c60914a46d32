import type { HistoryKind } from "../../ports/history.ts";
import { barOpen, intervalMs, type Interval } from "../../words/interval.ts";
import { textAt } from "./column-digits.ts";
import { countedUp, onOneScale, unitsAt, type ExactColumn } from "./exact-column.ts";
import type { FileTable } from "./file-table.ts";
import type { RowFault, RowRule } from "./row-fault.ts";

export type RuleAsk = {
  readonly kind: HistoryKind;
  readonly interval: Interval;
  readonly sort: boolean;
  /** In units of 10^-12, where the user gave it. */
  readonly tick: bigint | undefined;
};

/** Rows of one file that broke no rule, in order of time, and the faults of the others in order of line. */
export type CheckedRows = { readonly kept: Int32Array; readonly faults: readonly RowFault[]; readonly faultyRows: readonly number[] };

/** Exchanges stamp funding and open interest when they compute it, some moments after the boundary. */
const stampDelayMsMax = 60_000;

export function checkRows(table: FileTable, ask: RuleAsk): CheckedRows {
  const aligned = ask.kind === "ohlcv" ? onOneScale(table.columns.slice(0, 4)) : table.columns;
  const faults: RowFault[] = [];
  const faultyRows: number[] = [];
  const kept = new Int32Array(table.rows);
  let count = 0;
  let previousMs = Number.NEGATIVE_INFINITY;
  let seen: Set<number> | undefined;
  const fault = (row: number, rule: RowRule, detail: string): void => {
    faults.push({ line: table.lines[row] as number, rule, detail });
    faultyRows.push(row);
  };
  for (const row of rowOrder(table, ask.sort)) {
    const unreadable = table.unreadable.get(row);
    if (unreadable !== undefined) {
      fault(row, unreadable.rule, unreadable.detail);
      continue;
    }
    const atMs = table.atMs[row] as number;
    const late = atMs - barOpen(atMs, ask.interval);
    const lateMax = ask.kind === "funding" || ask.kind === "open-interest" ? stampDelayMsMax : 0;
    if (late > lateMax) {
      fault(row, "off_grid", offGridDetail(atMs, late, ask.interval));
      continue;
    }
    if (atMs <= previousMs) {
      seen ??= new Set(Array.from(kept.subarray(0, count), (index) => table.atMs[index] as number));
      if (seen.has(atMs)) fault(row, "duplicate", `${timeText(atMs)} came before`);
      else fault(row, "unsorted", `${timeText(atMs)} comes after ${timeText(previousMs)}`);
      continue;
    }
    const broken = ask.kind === "ohlcv" ? candleRule(aligned, table.columns, row, ask.tick) : valueRule(ask.kind, aligned, row);
    if (broken !== undefined) {
      fault(row, broken.rule, `${timeText(atMs)}: ${broken.detail}`);
      continue;
    }
    previousMs = atMs;
    seen?.add(atMs);
    kept[count++] = row;
  }
  return { kept: kept.subarray(0, count), faults, faultyRows };
}

function rowOrder(table: FileTable, sort: boolean): Int32Array {
  const order = countedUp(table.rows);
  const key = (row: number): number => {
    const atMs = table.atMs[row] as number;
    return Number.isNaN(atMs) ? Number.NEGATIVE_INFINITY : atMs;
  };
  return sort ? order.sort((left, right) => (key(left) === key(right) ? left - right : key(left) - key(right))) : order;
}

type Broken = { readonly rule: RowRule; readonly detail: string };

function candleRule(
  prices: readonly ExactColumn[],
  columns: readonly ExactColumn[],
  row: number,
  tick: bigint | undefined,
): Broken | undefined {
  const [open, high, low, close] = prices as readonly [ExactColumn, ExactColumn, ExactColumn, ExactColumn];
  const volume = columns[4] as ExactColumn;
  const o = open.values[row] as number | bigint;
  const h = high.values[row] as number | bigint;
  const l = low.values[row] as number | bigint;
  const c = close.values[row] as number | bigint;
  if (o <= 0 || h <= 0 || l <= 0 || c <= 0) return broken("not_positive", prices, row);
  if ((volume.values[row] as number | bigint) < 0) return { rule: "negative", detail: `volume ${textAt(volume, row)}` };
  if (h < l) return broken("high_below_low", prices, row);
  if (o > h || o < l) return broken("open_outside", prices, row);
  if (c > h || c < l) return broken("close_outside", prices, row);
  if (tick !== undefined && prices.some((column) => unitsAt(column, row) % tick !== 0n)) return broken("off_tick", prices, row);
  return undefined;
}

function valueRule(kind: HistoryKind, columns: readonly ExactColumn[], row: number): Broken | undefined {
  const column = columns[0] as ExactColumn;
  const value = column.values[row] as number | bigint;
  if (kind === "mark" && value <= 0) return { rule: "not_positive", detail: `mark ${textAt(column, row)}` };
  if (kind === "open-interest" && value < 0) return { rule: "negative", detail: `open interest ${textAt(column, row)}` };
  return undefined;
}

const broken = (rule: RowRule, prices: readonly ExactColumn[], row: number): Broken => ({
  rule,
  detail: prices.map((column, index) => `${["open", "high", "low", "close"][index]} ${textAt(column, row)}`).join(", "),
});

function offGridDetail(atMs: number, late: number, interval: Interval): string {
  const minutes = Math.floor(late / 60_000);
  const clock = `${String(Math.floor(minutes / 60)).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`;
  const isQuarterHour = late % 900_000 === 0 && late < intervalMs[interval] && minutes <= 14 * 60;
  const example = isQuarterHour ? ` (they would be on it with --zone +${clock})` : "";
  return `${timeText(atMs)} is ${late < 1000 ? `${late} ms` : `${clock} hours`} past the ${interval} grid${example}`;
}

/** `2025-05-04T15:33:00Z`. */
export const timeText = (atMs: number): string => Temporal.Instant.fromEpochMilliseconds(atMs).toString();
