import { decimalsMax } from "./decimal-text.ts";
import { tenTo, type ExactColumn } from "./exact-column.ts";

/** `values` above 2^53 are only good for saying so; `offAt` is the first row that is no whole number of steps, or -1. */
export type StepColumn = { readonly values: Float64Array; readonly offAt: number };

/** Cells of zero or more as whole numbers of a step in units of 10^-12, floored: exact wherever the result is below 2^53. */
export function inSteps(column: ExactColumn, step: bigint): StepColumn {
  const up = tenTo(decimalsMax - column.decimals);
  const shared = greatestDivisor(up, step);
  const factor = up / shared;
  const divisor = step / shared;
  if (column.values instanceof Float64Array && factor === 1n && divisor === 1n) return { values: column.values, offAt: -1 };
  const [times, by] = [Number(factor), Number(divisor)];
  const plain = Number.isSafeInteger(times) && Number.isSafeInteger(by);
  const values = new Float64Array(column.values.length);
  let offAt = -1;
  for (let row = 0; row < values.length; row++) {
    const mantissa = column.values[row] as number | bigint;
    const product = plain && typeof mantissa === "number" ? mantissa * times : Number.NaN;
    let isOff: boolean;
    if (product <= Number.MAX_SAFE_INTEGER) {
      const rest = product % by;
      values[row] = (product - rest) / by;
      isOff = rest !== 0;
    } else {
      const wide = BigInt(mantissa) * factor;
      values[row] = Number(wide / divisor);
      isOff = wide % divisor !== 0n;
    }
    if (isOff && offAt === -1) offAt = row;
  }
  return { values, offAt };
}

const greatestDivisor = (left: bigint, right: bigint): bigint => (right === 0n ? left : greatestDivisor(right, left % right));
