import {
  DOUBLE,
  DuckDBDataChunk,
  DuckDBDoubleVector,
  DuckDBInstance,
  DuckDBVarCharVector,
  VARCHAR,
  type DuckDBConnection,
} from "@duckdb/node-api";
import { z } from "zod";
import type { HistoryKind } from "../../ports/history.ts";
import { intervals } from "../../words/interval.ts";
import { invariant } from "../../words/invariant.ts";
import { digitsOf, textAt } from "./column-digits.ts";
import type { ExactColumn } from "./exact-column.ts";
import { sqlText } from "./sql-text.ts";

/** Column names of a stored file; the time comes first. */
const seriesColumns = {
  ohlcv: ["open_ms", "open", "high", "low", "close", "volume"],
  mark: ["at_ms", "value"],
  funding: ["at_ms", "value"],
  "open-interest": ["at_ms", "value"],
} as const satisfies Record<HistoryKind, readonly string[]>;

const SeriesFacts = z.object({
  version: z.literal(1),
  id: z.string(),
  kind: z.enum(["ohlcv", "mark", "funding", "open-interest"]),
  interval: z.enum(intervals),
  rows: z.number().int().positive(),
  firstMs: z.number(),
  lastMs: z.number(),
  gaps: z.number(),
  missing: z.number(),
  sources: z.array(z.string()),
  /** Of each number column: decimals of its DECIMAL, and digits of its longest cell without the point. */
  columns: z.array(z.object({ name: z.string(), decimals: z.number().int(), digits: z.number().int() })),
});
/** What a stored file says of itself, in its own footer, so that data and description change in one rename. */
export type SeriesFacts = z.infer<typeof SeriesFacts>;
type ColumnFacts = SeriesFacts["columns"][number];

const chunkRows = 2048;
const narrowDigits = 18;
/** Every integer of this many digits is exact in a double. */
const doubleDigits = 15;

/** Runs `use` on a private in-memory DuckDB, which reads and writes the Parquet files. */
export const withDuck = <Value>(use: (connection: DuckDBConnection) => Promise<Value>): Promise<Value> =>
  withDuckOnDemand(async (connect) => use(await connect()));

/** As `withDuck`, where the work may turn out to need none. */
export async function withDuckOnDemand<Value>(use: (connect: Connect) => Promise<Value>): Promise<Value> {
  let opening: ReturnType<typeof opened> | undefined;
  try {
    return await use(async () => (await (opening ??= opened())).connection);
  } finally {
    if (opening !== undefined) {
      const { instance, connection } = await opening;
      connection.closeSync();
      instance.closeSync();
    }
  }
}

export type Connect = () => Promise<DuckDBConnection>;

async function opened(): Promise<{ readonly instance: DuckDBInstance; readonly connection: DuckDBConnection }> {
  const instance = await DuckDBInstance.create(":memory:", { threads: "2" });
  return { instance, connection: await instance.connect() };
}

/** Writes a whole series to a new file: BIGINT milliseconds, and every number as a DECIMAL with just the decimals it needs. */
export async function writeSeries(
  connection: DuckDBConnection,
  path: string,
  atMs: Float64Array,
  columns: readonly ExactColumn[],
  facts: SeriesFacts,
): Promise<void> {
  const names = seriesColumns[facts.kind];
  invariant(names.length === columns.length + 1, "a series has a time and the columns of its kind");
  const sources: readonly (ExactColumn | undefined)[] = [undefined, ...columns];
  const types = sources.map((column) => (column === undefined || column.values instanceof Float64Array ? DOUBLE : VARCHAR));
  await connection.run(
    `CREATE OR REPLACE TEMP TABLE incoming (${names.map((name, index) => `"${name}" ${types[index] === VARCHAR ? "VARCHAR" : "DOUBLE"}`).join(", ")})`,
  );
  const appender = await connection.createAppender("incoming");
  for (let start = 0; start < atMs.length; start += chunkRows) {
    const length = Math.min(chunkRows, atMs.length - start);
    const chunk = DuckDBDataChunk.create(types, length);
    sources.forEach((column, index) => {
      const vector = chunk.getColumnVector(index);
      if (vector instanceof DuckDBVarCharVector && column !== undefined) {
        for (let row = 0; row < length; row++) vector.setItem(row, textAt(column, start + row));
      } else if (vector instanceof DuckDBDoubleVector) {
        // Whole numbers below 2^53 pass through the doubles unchanged and become integers again below.
        const values = column === undefined ? atMs : (column.values as Float64Array);
        for (let row = 0; row < length; row++) vector.setItem(row, values[start + row] as number);
      }
      vector.flush();
    });
    appender.appendDataChunk(chunk);
  }
  appender.closeSync();
  const select = sources.map(
    (column, index) => `${column === undefined ? `"${names[0]}"::BIGINT` : decimalSql(`"${names[index]}"`, column)} AS "${names[index]}"`,
  );
  const options = `FORMAT parquet, COMPRESSION zstd, KV_METADATA {countersign: ${sqlText(JSON.stringify(facts))}}`;
  await connection.run(`COPY (SELECT ${select.join(", ")} FROM incoming) TO ${sqlText(path)} (${options})`);
  await connection.run("DROP TABLE incoming");
}

function decimalSql(name: string, { decimals, values }: ExactColumn): string {
  if (!(values instanceof Float64Array)) return `${name}::DECIMAL(38,${decimals})`;
  const whole = `${name}::BIGINT::DECIMAL(${narrowDigits},0)`;
  const step = `0.${"1".padStart(decimals, "0")}::DECIMAL(${decimals},${decimals})`;
  return decimals === 0 ? whole : `(${whole} * ${step})::DECIMAL(${narrowDigits},${decimals})`;
}

export async function readFacts(connection: DuckDBConnection, path: string): Promise<SeriesFacts> {
  const sql = `SELECT decode(value) FROM parquet_kv_metadata(${sqlText(path)}) WHERE decode(key) = 'countersign'`;
  const [column = []] = (await connection.runAndReadAll(sql)).getColumns();
  const [text] = column;
  if (typeof text !== "string") throw new Error("not a file of this store: its footer does not say what it holds");
  return SeriesFacts.parse(JSON.parse(text));
}

/**
 * An expression for the integer `value * 10^decimals` of a stored column. DuckDB multiplies decimals of at most 18 digits within
 * 18 digits and calls the rest an overflow, so longer products are widened first, at several times the cost.
 */
const mantissaSql = ({ name, decimals, digits }: ColumnFacts): string => {
  const factor = `1${"0".repeat(decimals)}::DECIMAL(${decimals + 1},0)`;
  return digits + decimals <= narrowDigits
    ? `("${name}" * ${factor})::BIGINT`
    : `("${name}"::DECIMAL(38,${decimals}) * ${factor})::HUGEINT`;
};

const columnFactsOf = (facts: SeriesFacts, name: string): ColumnFacts => {
  const found = facts.columns.find((column) => column.name === name);
  if (found === undefined) throw new Error(`its footer does not describe the column ${name}`);
  return found;
};

/** What the footer says of the number columns of a series that is to be written. */
export const describeColumns = (kind: HistoryKind, columns: readonly ExactColumn[]): readonly ColumnFacts[] =>
  columns.map((column, index) => ({ name: seriesColumns[kind][index + 1] ?? "", decimals: column.decimals, digits: digitsOf(column) }));

/** All rows of a stored file, exactly as they were written. */
export async function readSeries(
  connection: DuckDBConnection,
  path: string,
): Promise<{ readonly facts: SeriesFacts; readonly atMs: Float64Array; readonly columns: readonly ExactColumn[] }> {
  const facts = await readFacts(connection, path);
  const [time, ...names] = seriesColumns[facts.kind];
  const described = names.map((name) => columnFactsOf(facts, name));
  const select = described.map((column) => `${mantissaSql(column)}::${column.digits <= doubleDigits ? "DOUBLE" : "HUGEINT"}`);
  const [atMs, ...values] = await readColumns(
    connection,
    `SELECT "${time}"::DOUBLE, ${select.join(", ")} FROM read_parquet(${sqlText(path)}) ORDER BY 1`,
  );
  invariant(atMs instanceof Float64Array, "times are read as doubles");
  return { facts, atMs, columns: values.map((column, index) => ({ decimals: described[index]?.decimals ?? 0, values: column })) };
}

/** The result of a query as columns: DOUBLE to doubles, HUGEINT to bigints. */
async function readColumns(connection: DuckDBConnection, sql: string): Promise<readonly (Float64Array | readonly bigint[])[]> {
  const result = await connection.run(sql);
  const chunks = await result.fetchAllChunks();
  const rows = chunks.reduce((sum, chunk) => sum + chunk.rowCount, 0);
  return Array.from({ length: result.columnCount }, (_, index) => {
    const doubles = new Float64Array(rows);
    const bigints: bigint[] = [];
    let at = 0;
    for (const chunk of chunks) {
      const vector = chunk.getColumnVector(index);
      if (vector instanceof DuckDBDoubleVector) {
        for (let row = 0; row < vector.itemCount; row++) doubles[at++] = vector.getItem(row) ?? Number.NaN;
      } else {
        for (const value of chunk.getColumnValues(index)) if (typeof value === "bigint") bigints.push(value);
      }
    }
    return bigints.length > 0 ? bigints : doubles;
  });
}
