/** Values in the cells of a table with holes come in; what each row and each column adds goes out, so that no single wild cell moves it far. */

export type FitCell = { readonly row: string; readonly column: string; readonly value: number; readonly weight: number };
export type AdditiveFit = { readonly rows: ReadonlyMap<string, number>; readonly columns: ReadonlyMap<string, number> };

/** 95% as good as least squares where there is nothing wild (Huber 1964), and a standard deviation from the median deviation. */
const tuning = 1.345;
const deviationOfMad = 1.4826;
const reweightings = 30;
const sweepsMax = 500;

/**
 * value = row + column with the columns adding up to zero, by Huber's M-estimate of regression ("Robust Regression", Annals of Statistics 1,
 * 1973): least squares whose residuals beyond 1.345 deviations are pulled less, the deviation being the median absolute residual. Whatever is
 * added to a whole column goes into that column and moves no row against another. Weights are above zero.
 */
export function fitAdditive(cells: readonly FitCell[]): AdditiveFit {
  let pulls: readonly number[] = cells.map(() => 1);
  let fit = leastSquares(cells, pulls);
  for (let round = 0; round < reweightings; round++) {
    const residuals = cells.map((cell) => Math.abs(cell.value - (fit.rows.get(cell.row) ?? 0) - (fit.columns.get(cell.column) ?? 0)));
    const scale = deviationOfMad * median(residuals);
    // More than half of the cells fit exactly: that is the answer, and there is no scale to hold the rest against.
    if (scale < 1e-9) return fit;
    pulls = residuals.map((residual) => (residual <= tuning * scale ? 1 : (tuning * scale) / residual));
    fit = leastSquares(cells, pulls);
  }
  return fit;
}

/** Rows and columns in turns, each the weighted mean of what the other leaves; it converges since the problem is convex. */
function leastSquares(cells: readonly FitCell[], pulls: readonly number[]): AdditiveFit {
  const rows = new Map(cells.map(({ row }) => [row, 0]));
  const columns = new Map(cells.map(({ column }) => [column, 0]));
  for (let sweep = 0; sweep < sweepsMax; sweep++) {
    const moved = sweepOver(rows, "row", columns, "column", cells, pulls) + sweepOver(columns, "column", rows, "row", cells, pulls);
    if (moved < 1e-10) break;
  }
  const mean = [...columns.values()].reduce((sum, each) => sum + each, 0) / Math.max(1, columns.size);
  for (const [column, each] of columns) columns.set(column, each - mean);
  for (const [row, each] of rows) rows.set(row, each + mean);
  return { rows, columns };
}

function sweepOver(
  of: Map<string, number>,
  own: "row" | "column",
  against: ReadonlyMap<string, number>,
  other: "row" | "column",
  cells: readonly FitCell[],
  pulls: readonly number[],
): number {
  const sums = new Map([...of.keys()].map((name) => [name, { total: 0, weights: 0 }]));
  for (const [at, cell] of cells.entries()) {
    const sum = sums.get(cell[own]);
    if (sum === undefined) continue;
    const weight = cell.weight * (pulls[at] ?? 1);
    sum.total += weight * (cell.value - (against.get(cell[other]) ?? 0));
    sum.weights += weight;
  }
  let moved = 0;
  for (const [name, { total, weights }] of sums) {
    const next = total / weights;
    moved = Math.max(moved, Math.abs(next - (of.get(name) ?? 0)));
    of.set(name, next);
  }
  return moved;
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const half = sorted.length / 2;
  return Number.isInteger(half) ? ((sorted[half - 1] ?? 0) + (sorted[half] ?? 0)) / 2 : (sorted[Math.floor(half)] ?? 0);
}
