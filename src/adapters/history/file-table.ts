import type { HistoryKind } from "../../ports/history.ts";
import { ExactColumnBuilder, type ExactColumn } from "./exact-column.ts";
import type { RowFault, RowRule } from "./row-fault.ts";
import { StampReader, type StampAsk } from "./stamps.ts";

/** How to read one file's cells: settled from its name and the flags before the first byte is read. */
export type ReadAsk = {
  readonly kind: HistoryKind;
  readonly stamps: StampAsk;
  readonly roundDecimals: number | undefined;
  /** Decimal places that the file's prices are scaled up by: 4 in LEAN's equity files. */
  readonly priceShift: number;
};

/** One file's rows in file order, before any rule on their values. */
export type FileTable = {
  readonly rows: number;
  /** Text files count lines, the others rows; both from 1. */
  readonly countsBy: "line" | "row";
  readonly lines: Int32Array;
  /** UTC milliseconds. */
  readonly atMs: Float64Array;
  /** Open, high, low, close and volume of candles; one value of the other kinds. */
  readonly columns: readonly ExactColumn[];
  /** Rows with a cell that cannot be read. */
  readonly unreadable: ReadonlyMap<number, RowFault>;
  readonly symbol: string | undefined;
  readonly notes: readonly string[];
  /** The row as the file has it, for the reject file. */
  readonly textOf: (row: number) => string;
};

const fieldNames = {
  ohlcv: ["open", "high", "low", "close", "volume"],
  mark: ["mark"],
  funding: ["rate"],
  "open-interest": ["open interest"],
} as const satisfies Record<HistoryKind, readonly string[]>;

/** Fills a table cell by cell; the first fault of a row is the one that is kept. */
export class FileTableBuilder {
  readonly #fields: readonly string[];
  readonly #columns: readonly ExactColumnBuilder[];
  readonly #stamps: StampReader;
  readonly #unreadable = new Map<number, RowFault>();
  #capacity: number;
  #lines: Int32Array;
  #atMs: Float64Array;
  #row = -1;
  #symbol: string | undefined;

  constructor(ask: ReadAsk, capacity: number) {
    this.#capacity = Math.max(capacity, 16);
    this.#fields = fieldNames[ask.kind];
    const isPrice = (field: string): boolean => ask.kind === "ohlcv" && field !== "volume";
    this.#columns = this.#fields.map(
      (field) => new ExactColumnBuilder(this.#capacity, ask.roundDecimals, isPrice(field) ? ask.priceShift : 0),
    );
    this.#stamps = new StampReader(ask.stamps);
    this.#lines = new Int32Array(this.#capacity);
    this.#atMs = new Float64Array(this.#capacity);
  }

  startRow(line: number): void {
    this.#row++;
    if (this.#row === this.#capacity) this.#grow();
    this.#lines[this.#row] = line;
    this.#atMs[this.#row] = Number.NaN;
  }

  #grow(): void {
    this.#capacity *= 2;
    for (const column of this.#columns) column.grow(this.#capacity);
    const lines = new Int32Array(this.#capacity);
    lines.set(this.#lines);
    this.#lines = lines;
    const atMs = new Float64Array(this.#capacity);
    atMs.set(this.#atMs);
    this.#atMs = atMs;
  }

  fault(rule: RowRule, detail: string): void {
    if (!this.#unreadable.has(this.#row)) this.#unreadable.set(this.#row, { line: this.#lines[this.#row] as number, rule, detail });
  }

  /** The last row is half a row, whatever its cells look like. */
  cutOff(): void {
    this.#unreadable.delete(this.#row);
    this.fault("cut_off", "the archive is truncated here");
  }

  stampInteger(value: number): void {
    this.#stamp(this.#stamps.ofInteger(value));
  }
  stampText(text: string): void {
    this.#stamp(this.#stamps.ofText(text));
  }
  #stamp(read: ReturnType<StampReader["ofInteger"]>): void {
    if (typeof read === "number") this.#atMs[this.#row] = read;
    else this.fault(read.rule, read.detail);
  }

  fastDecimalsMax(field: number): number {
    return (this.#columns[field] as ExactColumnBuilder).fastDecimalsMax;
  }
  number(field: number, mantissa: number, decimals: number): void {
    (this.#columns[field] as ExactColumnBuilder).set(this.#row, mantissa, decimals);
  }
  numberText(field: number, text: string): void {
    const fault = (this.#columns[field] as ExactColumnBuilder).setText(this.#row, text);
    if (fault !== undefined) this.fault(fault.rule, `${this.#fields[field]} ${fault.detail}`);
  }

  symbol(text: string): void {
    this.#symbol ??= text;
    if (text !== this.#symbol) this.fault("other_symbol", `"${text}" in a file of "${this.#symbol}"`);
  }

  finish(countsBy: "line" | "row", textOf: (row: number) => string, notes: readonly string[]): FileTable {
    const rows = this.#row + 1;
    const rounded = this.#columns.reduce((sum, column) => sum + column.rounded, 0);
    return {
      rows,
      countsBy,
      lines: this.#lines.subarray(0, rows),
      atMs: this.#atMs.subarray(0, rows),
      columns: this.#columns.map((column) => column.finish(rows)),
      unreadable: this.#unreadable,
      symbol: this.#symbol,
      notes: rounded > 0 ? [...notes, `${rounded} numbers were rounded half to even`] : notes,
      textOf,
    };
  }
}
