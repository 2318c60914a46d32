import { tenTo, type ExactColumn } from "./exact-column.ts";

/** The fewest decimals that still write every number of the column. */
export function decimalsNeeded(columns: readonly ExactColumn[]): number {
  let needed = 0;
  for (const { decimals, values } of columns) {
    for (const value of values) {
      // A column's scale is set by its finest cell, and rows may have been dropped since.
      while (needed < decimals && BigInt(value) % tenTo(decimals - needed) !== 0n) needed++;
      if (needed >= decimals) break;
    }
  }
  return needed;
}

/** One cell as people write it. */
export function textAt(column: ExactColumn, row: number): string {
  const mantissa = BigInt(column.values[row] as number | bigint);
  const digits = (mantissa < 0n ? -mantissa : mantissa).toString().padStart(column.decimals + 1, "0");
  const fraction = column.decimals === 0 ? "" : digits.slice(-column.decimals).replace(/0+$/, "");
  const whole = digits.slice(0, digits.length - column.decimals);
  const body = fraction === "" ? whole : `${whole}.${fraction}`;
  return mantissa < 0n ? `-${body}` : body;
}

/** Digits of the longest number, without its point: 100.25 has five. */
export function digitsOf({ values }: ExactColumn): number {
  let largest: number | bigint = 0;
  for (const value of values) {
    const magnitude = value < 0 ? -value : value;
    if (magnitude > largest) largest = magnitude;
  }
  return BigInt(largest).toString().length;
}
