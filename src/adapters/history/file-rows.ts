import type { DuckDBConnection } from "@duckdb/node-api";
import type { Price } from "../../words/price.ts";
import { err, ok, type Result } from "../../words/result.ts";
import { nameOf } from "./default-instrument.ts";
import type { FilePlan } from "./file-plan.ts";
import type { FileTable } from "./file-table.ts";
import { emptyOutcome, type FileOutcome } from "./import-outcome.ts";
import { readHistoryFile } from "./read-file.ts";
import type { FileFault } from "./row-fault.ts";
import { checkRows } from "./row-rules.ts";

/** One file, read and checked by itself. */
export type FileRows = {
  readonly plan: FilePlan;
  readonly id: string;
  readonly symbol: string;
  readonly table: FileTable;
  /** Rows of the table that keep every rule, in order of time. */
  readonly kept: Int32Array;
  /** Rows of the table that `outcome.rowFaults` speak of, in the same order. */
  readonly faultyRows: readonly number[];
  readonly outcome: FileOutcome;
};

type CheckAsk = {
  readonly lenient: boolean;
  readonly sort: boolean;
  readonly tick?: Price;
  readonly flags: { readonly currency?: string };
};

export async function readFileRows(connection: DuckDBConnection, plan: FilePlan, ask: CheckAsk): Promise<Result<FileRows, FileFault>> {
  const read = await readHistoryFile(connection, plan, ask.lenient);
  if (!read.ok) return read;
  const table = read.value;
  const symbol = plan.symbol ?? table.symbol ?? tickerOf(plan);
  if (symbol === undefined) return err({ code: "say_more", detail: "say --symbol: neither the name nor a column tells" });
  const named = nameOf(symbol, plan.market, ask.flags.currency);
  if (!named.ok) return err({ code: "say_more", detail: named.error });
  const tick = plan.kind === "ohlcv" ? ask.tick : undefined;
  const { kept, faults, faultyRows } = checkRows(table, { kind: plan.kind, interval: plan.interval, sort: ask.sort, tick });
  const outcome: FileOutcome = {
    ...emptyOutcome(plan.path),
    id: named.value.id,
    kind: plan.kind,
    interval: plan.interval,
    rowsRead: table.rows,
    rowsRejected: faults.length,
    notes: table.notes,
    countsBy: table.countsBy,
    rowFaults: faults,
    fault:
      kept.length === 0 && ask.lenient
        ? { code: "no_rows_left", detail: "no row keeps the rules; the rules that were broken follow" }
        : undefined,
  };
  return ok({ plan, id: named.value.id, symbol, table, kept, faultyRows, outcome });
}

/** Files of shares and funds are often named by the ticker alone: `AAPL.csv.gz`. */
const tickerOf = ({ name, market }: FilePlan): string | undefined =>
  market === "equity" || market === "etf" ? /^[A-Z][A-Z0-9]{0,9}(?:[.-][A-Z]{1,2})?(?=\.[a-z])/.exec(name)?.[0] : undefined;
