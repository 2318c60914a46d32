import { err, ok, type Result } from "../../words/result.ts";
import { decimalsMax, readDecimal, roundedTo, type NumberFault } from "./decimal-text.ts";

/**
 * One column of exact decimals: `value = values[row] / 10^decimals`. Integers in doubles while all are below 2^53, else bigints.
 */
export type ExactColumn = { readonly decimals: number; readonly values: Float64Array | readonly bigint[] };

export const powersOfTen: readonly number[] = Array.from({ length: 23 }, (_, power) => Number(`1e${power}`));
export const tenTo = (power: number): bigint => 10n ** BigInt(power);

/** Collects one column cell by cell; a cell that was not set is zero, and its row carries a fault elsewhere. */
export class ExactColumnBuilder {
  #mantissas: Float64Array;
  #decimals: Uint8Array;
  #wide: Map<number, { readonly mantissa: bigint; readonly decimals: number }> | undefined;
  #decimalsUsed = 0;
  #rounded = 0;
  readonly #roundDecimals: number | undefined;
  readonly #shift: number;
  /** More decimals than this must come as text: they are refused or rounded there. */
  readonly fastDecimalsMax: number;

  /** `shift` moves the point to the left: LEAN writes equity prices times 10,000. */
  constructor(capacity: number, roundDecimals: number | undefined, shift: number) {
    this.#mantissas = new Float64Array(capacity);
    this.#decimals = new Uint8Array(capacity);
    this.#roundDecimals = roundDecimals;
    this.#shift = shift;
    this.fastDecimalsMax = (roundDecimals ?? decimalsMax) - shift;
  }

  get rounded(): number {
    return this.#rounded;
  }

  grow(capacity: number): void {
    const mantissas = new Float64Array(capacity);
    mantissas.set(this.#mantissas);
    this.#mantissas = mantissas;
    const decimals = new Uint8Array(capacity);
    decimals.set(this.#decimals);
    this.#decimals = decimals;
  }

  /** `mantissa` is a whole number below 2^53 without trailing zeros after the point. */
  set(row: number, mantissa: number, decimals: number): void {
    let places = decimals;
    let whole = mantissa;
    if (this.#shift > 0 && whole !== 0) {
      places += this.#shift;
      while (places > 0 && whole % 10 === 0) {
        whole /= 10;
        places--;
      }
    }
    this.#mantissas[row] = whole;
    this.#decimals[row] = places;
    if (places > this.#decimalsUsed) this.#decimalsUsed = places;
  }

  setText(row: number, text: string): NumberFault | undefined {
    const read = this.#read(text);
    if (!read.ok) return read.error;
    const { mantissa, decimals } = read.value;
    const narrow = Number(mantissa);
    if (Number.isSafeInteger(narrow)) {
      this.#mantissas[row] = narrow;
      this.#decimals[row] = decimals;
    } else {
      this.#wide ??= new Map();
      this.#wide.set(row, { mantissa, decimals });
    }
    if (decimals > this.#decimalsUsed) this.#decimalsUsed = decimals;
    return undefined;
  }

  #read(text: string): Result<{ readonly mantissa: bigint; readonly decimals: number }, NumberFault> {
    const read = readDecimal(text, this.#shift);
    if (!read.ok) return read;
    const limit = this.#roundDecimals ?? decimalsMax;
    if (read.value.decimals <= limit) return read;
    if (this.#roundDecimals === undefined) return err({ rule: "too_precise", detail: `"${text}" has ${read.value.decimals} decimals` });
    this.#rounded++;
    return ok(roundedTo(read.value, limit));
  }

  /** The first `rows` cells, all on the scale of the finest one; the builder is used up. */
  finish(rows: number): ExactColumn {
    const decimals = this.#decimalsUsed;
    if (this.#wide === undefined && this.#fits(rows)) {
      // In place: a column of its own for each would be another copy of the file.
      const values = this.#mantissas.subarray(0, rows);
      for (let row = 0; row < rows; row++) values[row] = this.#scaled(row);
      return { decimals, values };
    }
    const wide: bigint[] = [];
    for (let row = 0; row < rows; row++) {
      const cell = this.#wide?.get(row) ?? { mantissa: BigInt(this.#mantissas[row] as number), decimals: this.#decimals[row] as number };
      wide.push(cell.mantissa * tenTo(decimals - cell.decimals));
    }
    return { decimals, values: wide };
  }

  #scaled(row: number): number {
    return (this.#mantissas[row] as number) * (powersOfTen[this.#decimalsUsed - (this.#decimals[row] as number)] as number);
  }

  #fits(rows: number): boolean {
    for (let row = 0; row < rows; row++) if (Math.abs(this.#scaled(row)) > Number.MAX_SAFE_INTEGER) return false;
    return true;
  }
}

/** The same numbers on a scale that is at least as fine. */
function rescaled(column: ExactColumn, decimals: number): ExactColumn {
  if (column.decimals === decimals) return column;
  const factor = powersOfTen[decimals - column.decimals] as number;
  if (column.values instanceof Float64Array && column.values.every((value) => Math.abs(value * factor) <= Number.MAX_SAFE_INTEGER))
    return { decimals, values: column.values.map((value) => value * factor) };
  return { decimals, values: Array.from(column.values, (value: number | bigint) => BigInt(value) * BigInt(factor)) };
}

/** Several columns on one scale, so that their cells compare as they stand. */
export function onOneScale(columns: readonly ExactColumn[]): readonly ExactColumn[] {
  const decimals = columns.reduce((finest, column) => Math.max(finest, column.decimals), 0);
  return columns.map((column) => rescaled(column, decimals));
}

/** Rows 0 to `length` - 1. */
export function countedUp(length: number): Int32Array {
  const rows = new Int32Array(length);
  for (let row = 0; row < length; row++) rows[row] = row;
  return rows;
}

/** The listed rows of a column, in the listed order. */
export function pickedRows({ decimals, values }: ExactColumn, rows: Int32Array): ExactColumn {
  if (values instanceof Float64Array) return { decimals, values: pickedDoubles(values, rows) };
  return { decimals, values: Array.from(rows, (row) => values[row] as bigint) };
}

/** The array itself where the list is all of it as it stands, as it nearly always is. */
export function pickedDoubles(values: Float64Array, rows: Int32Array): Float64Array {
  if (rows.length === values.length && isCountedUp(rows)) return values;
  const picked = new Float64Array(rows.length);
  for (let index = 0; index < rows.length; index++) picked[index] = values[rows[index] as number] as number;
  return picked;
}

/** Rows `from` up to, but without, `to`; doubles are not copied. */
export const rowsBetween = ({ decimals, values }: ExactColumn, from: number, to: number): ExactColumn => ({
  decimals,
  values: values instanceof Float64Array ? values.subarray(from, to) : values.slice(from, to),
});

function isCountedUp(rows: Int32Array): boolean {
  for (let row = 0; row < rows.length; row++) if (rows[row] !== row) return false;
  return true;
}

/** Columns one after another, on the finest scale of all. */
export function concatenated(columns: readonly ExactColumn[]): ExactColumn {
  const aligned = onOneScale(columns);
  const decimals = aligned[0]?.decimals ?? 0;
  const length = aligned.reduce((sum, column) => sum + column.values.length, 0);
  if (aligned.every((column) => column.values instanceof Float64Array)) {
    const values = new Float64Array(length);
    let at = 0;
    for (const column of aligned) {
      values.set(column.values as Float64Array, at);
      at += column.values.length;
    }
    return { decimals, values };
  }
  return { decimals, values: aligned.flatMap((column) => Array.from(column.values, (value: number | bigint) => BigInt(value))) };
}

/** One cell in units of 10^-12. */
export const unitsAt = (column: ExactColumn, row: number): bigint =>
  BigInt(column.values[row] as number | bigint) * tenTo(decimalsMax - column.decimals);
