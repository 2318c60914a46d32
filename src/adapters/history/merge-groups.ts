import { access } from "node:fs/promises";
import type { DuckDBConnection } from "@duckdb/node-api";
import type { HistoryFault, HistoryKind } from "../../ports/history.ts";
import type { Interval } from "../../words/interval.ts";
import { present } from "../../words/invariant.ts";
import { ok, type Result } from "../../words/result.ts";
import { pickedDoubles, pickedRows, type ExactColumn } from "./exact-column.ts";
import type { FileRows } from "./file-rows.ts";
import { mergeRows, type Segment } from "./merge-rows.ts";
import { readStored } from "./read-stored.ts";
import { readSeries } from "./series-file.ts";
import { seriesPath } from "./store-layout.ts";

/** What one stored file will hold: its rows as they are, and those of the command's files for it. */
export type MergedGroup = {
  readonly id: string;
  readonly kind: HistoryKind;
  readonly interval: Interval;
  readonly files: readonly FileRows[];
  readonly storedSources: readonly string[];
  readonly atMs: Float64Array;
  readonly columns: readonly ExactColumn[];
  readonly changed: boolean;
};

/** Joins the files of one asset, kind and interval with each other and with what is stored. */
export async function mergeGroups(
  connection: DuckDBConnection,
  store: string,
  read: readonly FileRows[],
): Promise<Result<readonly MergedGroup[], HistoryFault>> {
  const groups = Map.groupBy(read, ({ id, plan }) => `${id} ${plan.kind} ${plan.interval}`);
  const merged: MergedGroup[] = [];
  for (const files of groups.values()) {
    const group = await mergeGroup(connection, store, files);
    if (!group.ok) return group;
    merged.push(group.value);
  }
  return ok(merged);
}

async function mergeGroup(
  connection: DuckDBConnection,
  store: string,
  files: readonly FileRows[],
): Promise<Result<MergedGroup, HistoryFault>> {
  const inOrder = files.toSorted((left, right) => firstMs(left) - firstMs(right));
  const first = present(inOrder[0], "a group has a file");
  const { id } = first;
  const { kind, interval } = first.plan;
  const path = seriesPath(store, id, kind, interval);
  const read = (await exists(path)) ? await readStored(path, () => readSeries(connection, path)) : ok(undefined);
  if (!read.ok) return read;
  const stored = read.value;
  const segments: Segment[] =
    stored === undefined ? [] : [{ source: undefined, atMs: stored.atMs, columns: stored.columns, lineOf: () => 0 }];
  for (const file of inOrder) segments.push(segmentOf(file));
  const rows = mergeRows(segments);
  const offset = stored === undefined ? 0 : 1;
  return ok({
    id,
    kind,
    interval,
    storedSources: stored?.facts.sources ?? [],
    atMs: rows.atMs,
    columns: rows.columns,
    changed: rows.atMs.length !== (stored?.atMs.length ?? 0),
    files: inOrder.map((file, index) => withMerge(file, rows.alreadyThere[index + offset] ?? 0, rows.overlaps[index + offset] ?? [])),
  });
}

function withMerge(file: FileRows, alreadyThere: number, overlaps: ReturnType<typeof mergeRows>["overlaps"][number]): FileRows {
  const rowFaults = [...file.outcome.rowFaults, ...overlaps.map(({ fault }) => fault)];
  const faultyRows = [...file.faultyRows, ...overlaps.map(({ index }) => file.kept[index] ?? 0)];
  const outcome = {
    ...file.outcome,
    rowFaults,
    rowsRejected: rowFaults.length,
    rowsAlreadyThere: alreadyThere,
    rowsAdded: file.kept.length - alreadyThere - overlaps.length,
  };
  return { ...file, faultyRows, outcome };
}

function segmentOf({ plan, table, kept }: FileRows): Segment {
  return {
    source: plan.name,
    atMs: pickedDoubles(table.atMs, kept),
    columns: table.columns.map((column) => pickedRows(column, kept)),
    lineOf: (index) => table.lines[kept[index] ?? 0] ?? 0,
  };
}

const firstMs = ({ table, kept }: FileRows): number => table.atMs[kept[0] ?? 0] ?? 0;

async function exists(path: string): Promise<boolean> {
  try {
    await access(path);
    return true;
  } catch {
    return false;
  }
}
