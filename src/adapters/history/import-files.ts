import { rename, rm } from "node:fs/promises";
import type { DuckDBConnection } from "@duckdb/node-api";
import { checkInstrument } from "../../words/instrument.ts";
import type { Price } from "../../words/price.ts";
import type { Quantity } from "../../words/quantity.ts";
import { decimalsNeeded, digitsOf } from "./column-digits.ts";
import type { ExactColumn } from "./exact-column.ts";
import { nameOf, newEntry, widened } from "./default-instrument.ts";
import { historyFaultText } from "./history-fault-text.ts";
import { readFileRows, type FileRows } from "./file-rows.ts";
import { planFile, type FileFlags } from "./file-plan.ts";
import { emptyOutcome, type FileOutcome, type ImportOutcome } from "./import-outcome.ts";
import { bookPath, bookText, readBook, type BookEntry } from "./instrument-book.ts";
import { mergeGroups, type MergedGroup } from "./merge-groups.ts";
import { qualityReport, type QualityReport } from "./quality-report.ts";
import { rejectText } from "./reject-text.ts";
import type { FileFault } from "./row-fault.ts";
import { describeColumns, withDuck, writeSeries, type SeriesFacts } from "./series-file.ts";
import { besidePath, rejectsPath, replaceFile, seriesPath } from "./store-layout.ts";

export type ImportAsk = {
  readonly store: string;
  readonly files: readonly string[];
  readonly flags: FileFlags;
  readonly tick?: Price;
  readonly lot?: Quantity;
  /** Import the rows that keep every rule, and write the others to a reject file. */
  readonly lenient: boolean;
  /** Put rows in order of time before the rules look at them. */
  readonly sort: boolean;
  readonly onFile?: (done: number, name: string) => void;
};

const sourcesMax = 100;
const exactDigits = 15;
type Reported = { readonly group: MergedGroup; readonly report: QualityReport };

/** Files in, store changed or untouched: every file is read and checked before the first byte is written. */
export function importFiles(ask: ImportAsk): Promise<ImportOutcome> {
  return withDuck((connection) => importWith(connection, ask));
}

async function importWith(connection: DuckDBConnection, ask: ImportAsk): Promise<ImportOutcome> {
  const book = await readBook(ask.store);
  if (!book.ok) {
    const fault: FileFault = { code: "unreadable", detail: book.error };
    return { status: "refused", files: [{ ...emptyOutcome(bookPath(ask.store)), fault }], series: [] };
  }
  const read: FileRows[] = [];
  const outcomes: FileOutcome[] = [];
  for (const [index, path] of ask.files.entries()) {
    const plan = planFile(path, ask.flags);
    const rows = plan.ok ? await readFileRows(connection, plan.value, ask) : plan;
    if (rows.ok) read.push(rows.value);
    outcomes.push(rows.ok ? rows.value.outcome : { ...emptyOutcome(path), fault: rows.error });
    ask.onFile?.(index + 1, path);
  }
  const refused = refusal(outcomes, ask.lenient);
  if (refused !== undefined) return refused;

  const joined = await mergeGroups(connection, ask.store, read);
  if (!joined.ok)
    return {
      status: "refused",
      files: [{ ...emptyOutcome(ask.store), fault: { code: "unreadable", detail: historyFaultText(joined.error) } }],
      series: [],
    };
  const groups = joined.value;
  const merged = groups.flatMap((group) => group.files.map(({ outcome }) => outcome));
  const refusedMerge = refusal(merged, ask.lenient);
  if (refusedMerge !== undefined) return refusedMerge;

  const entries = new Map(book.value);
  for (const group of groups) {
    const entry = entryFor(group, entries.get(group.id), ask);
    if (typeof entry === "string") {
      const fault: FileFault = { code: "bad_instrument", detail: entry };
      return { status: "usage", files: [{ ...emptyOutcome(group.files[0]?.outcome.file ?? ask.store), fault }], series: [] };
    }
    entries.set(group.id, entry);
  }
  const reported = groups.map((group) => {
    const sessions = entries.get(group.id)?.instrument.calendar === "xnys";
    return { group, report: qualityReport({ ...group, sessions }, group.atMs, group.columns) };
  });
  const files = await commit(connection, ask, entries, reported);
  return { status: "imported", files, series: reported.map(({ report }) => report) };
}

const usageCodes: readonly FileFault["code"][] = ["not_found", "say_more"];

function refusal(files: readonly FileOutcome[], lenient: boolean): ImportOutcome | undefined {
  const faulty = files.filter((file) => file.fault !== undefined || (!lenient && file.rowFaults.length > 0));
  if (faulty.length === 0) return undefined;
  const usage = faulty.some((file) => file.fault !== undefined && usageCodes.includes(file.fault.code));
  return { status: usage ? "usage" : "refused", files: faulty, series: [] };
}

function entryFor(group: MergedGroup, known: BookEntry | undefined, ask: ImportAsk): BookEntry | string {
  const [first] = group.files;
  if (first === undefined) return "no file";
  const isCandles = group.kind === "ohlcv";
  const needed = {
    priceDecimals: isCandles ? decimalsNeeded(group.columns.slice(0, 4)) : 0,
    lotDecimals: isCandles ? lotDecimalsOf(group.columns.slice(4, 5)) : 0,
  };
  const given = { ...(ask.tick === undefined ? {} : { tick: ask.tick }), ...(ask.lot === undefined ? {} : { lot: ask.lot }) };
  const named = nameOf(first.symbol, first.plan.market, ask.flags.currency);
  if (!named.ok) return named.error;
  const created = known === undefined ? newEntry(named.value, first.plan.market, needed, given, 8) : undefined;
  if (created !== undefined && !created.ok) return created.error;
  const entry = known === undefined ? created?.value : widened(known, needed, given);
  if (entry === undefined) return "no instrument";
  const checked = checkInstrument(entry.instrument);
  return checked.ok ? entry : `${group.id}: ${checked.error.rule}`;
}

/** The finest decimal of the volumes, but no finer than lets the largest of them count below 2^53 lots. */
function lotDecimalsOf(volumes: readonly ExactColumn[]): number {
  const largest = volumes.reduce((most, column) => Math.max(most, digitsOf(column) - column.decimals), 0);
  return Math.min(decimalsNeeded(volumes), exactDigits - largest);
}

/** New files are written beside the old ones first; then all are renamed. The instruments come first: a finer tick suits old rows too. */
async function commit(
  connection: DuckDBConnection,
  ask: ImportAsk,
  entries: ReadonlyMap<string, BookEntry>,
  groups: readonly Reported[],
): Promise<readonly FileOutcome[]> {
  const written: { beside: string; path: string }[] = [];
  try {
    for (const { group, report } of groups) {
      if (!group.changed) continue;
      const path = seriesPath(ask.store, group.id, group.kind, group.interval);
      const beside = await besidePath(path);
      written.push({ beside, path });
      await writeSeries(connection, beside, group.atMs, group.columns, factsOf(group, report));
    }
    await replaceFile(bookPath(ask.store), bookText(entries));
    for (const { beside, path } of written) await rename(beside, path);
  } finally {
    await Promise.all(written.map(({ beside }) => rm(beside, { force: true })));
  }
  const outcomes: FileOutcome[] = [];
  for (const file of groups.flatMap(({ group }) => group.files)) {
    const { outcome } = file;
    const rejectFile = outcome.rowFaults.length === 0 ? undefined : rejectsPath(ask.store, file.plan.name);
    if (rejectFile !== undefined) await replaceFile(rejectFile, rejectText(file, outcome.rowFaults));
    outcomes.push({ ...outcome, rejectFile });
  }
  return outcomes;
}

function factsOf(group: MergedGroup, report: QualityReport): SeriesFacts {
  return {
    version: 1,
    id: group.id,
    kind: group.kind,
    interval: group.interval,
    rows: report.rows,
    firstMs: report.firstMs,
    lastMs: report.lastMs,
    gaps: report.gaps.count,
    missing: report.gaps.missing,
    sources: [...new Set([...group.storedSources, ...group.files.map(({ plan }) => plan.name)])].slice(-sourcesMax),
    columns: [...describeColumns(group.kind, group.columns)],
  };
}
