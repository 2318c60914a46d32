import { basename } from "node:path";
import type { DuckDBConnection } from "@duckdb/node-api";
import type { AssetHistory, Bars, Series } from "../../flow/market/bars.ts";
import { resample } from "../../flow/market/resample.ts";
import type { HistoryAsk, HistoryFault, HistoryKind } from "../../ports/history.ts";
import { exactDecimals, formatExact } from "../../words/exact.ts";
import type { Instrument } from "../../words/instrument.ts";
import { barOpen, intervalMs, intervals, type Interval } from "../../words/interval.ts";
import { err, ok, type Result } from "../../words/result.ts";
import { readStored } from "./read-stored.ts";
import { columnFactsOf, mantissaSql, readColumns, readFacts, type ColumnFacts } from "./series-file.ts";
import { sqlText } from "./sql-text.ts";
import { seriesFiles, seriesPath } from "./store-layout.ts";

type Window = { readonly fromMs: number | undefined; readonly toMs: number | undefined };

export async function loadAsset(
  connection: DuckDBConnection,
  store: string,
  asset: string,
  instrument: Instrument,
  ask: HistoryAsk,
): Promise<Result<AssetHistory, HistoryFault>> {
  const stored = await storedIntervals(store, instrument.id);
  const candles = stored.ohlcv;
  const source = candles.includes(ask.interval) ? ask.interval : coarsestDivisor(candles, ask.interval);
  if (source === undefined) return err({ code: "interval_not_stored", asset, interval: ask.interval, stored: candles });
  const bars = await loadBars(connection, store, asset, instrument, source, ask);
  if (!bars.ok) return bars;
  const extras: { funding?: Series; mark?: Series; openInterest?: Series } = {};
  for (const [kind, name] of [
    ["funding", "funding"],
    ["mark", "mark"],
    ["open-interest", "openInterest"],
  ] as const) {
    const [finest] = stored[kind];
    if (finest === undefined) continue;
    const path = seriesPath(store, instrument.id, kind, finest);
    const series = await readStored(path, () => loadSeries(connection, path, instrument, kind, ask.fromMs, ask.toMs));
    if (!series.ok) return series;
    extras[name] = series.value;
  }
  return ok({ instrument, bars: bars.value, ...extras });
}

/** Finest first, as `intervals` lists them. */
async function storedIntervals(store: string, id: string): Promise<Readonly<Record<HistoryKind, readonly Interval[]>>> {
  const names = new Set((await seriesFiles(store, id)).map((path) => basename(path, ".parquet")));
  const of = (kind: HistoryKind): readonly Interval[] => intervals.filter((interval) => names.has(`${kind}-${interval}`));
  return { ohlcv: of("ohlcv"), mark: of("mark"), funding: of("funding"), "open-interest": of("open-interest") };
}

const coarsestDivisor = (stored: readonly Interval[], interval: Interval): Interval | undefined =>
  stored.findLast((finer) => intervalMs[finer] < intervalMs[interval] && intervalMs[interval] % intervalMs[finer] === 0);

async function loadBars(
  connection: DuckDBConnection,
  store: string,
  asset: string,
  instrument: Instrument,
  source: Interval,
  ask: HistoryAsk,
): Promise<Result<Bars, HistoryFault>> {
  const path = seriesPath(store, instrument.id, "ohlcv", source);
  // A coarse bar is in the window if its own open is: the fine bars wanted are those of whole coarse bars.
  const window = { fromMs: roundedUp(ask.fromMs, ask.interval), toMs: roundedUp(ask.toMs, ask.interval) };
  const read = await readStored(path, () => readCandles(connection, path, instrument, source, window));
  if (!read.ok) return read;
  const { bars, offTickMs, beyond } = read.value;
  if (offTickMs !== undefined) return err({ code: "off_tick", asset, atMs: offTickMs, tick: formatExact(instrument.tick) });
  if (beyond !== undefined) return err({ code: "beyond_exact", asset, column: beyond });
  const asked = source === ask.interval ? bars : resample(bars, ask.interval);
  if (asked.length > 0) return ok(asked);
  const facts = await readStored(path, () => readFacts(connection, path));
  if (!facts.ok) return facts;
  const { firstMs, lastMs } = facts.value;
  return err({ code: "empty_window", asset, interval: ask.interval, fromMs: ask.fromMs, toMs: ask.toMs, firstMs, lastMs });
}

function roundedUp(atMs: number | undefined, interval: Interval): number | undefined {
  if (atMs === undefined) return undefined;
  const open = barOpen(atMs, interval);
  return open === atMs ? open : open + intervalMs[interval];
}

const columnNames = ["open", "high", "low", "close", "volume"] as const;

async function readCandles(
  connection: DuckDBConnection,
  path: string,
  instrument: Instrument,
  interval: Interval,
  window: Window,
): Promise<{ readonly bars: Bars; readonly offTickMs: number | undefined; readonly beyond: string | undefined }> {
  const facts = await readFacts(connection, path);
  const steps = columnNames.map((name) => stepSql(columnFactsOf(facts, name), name === "volume" ? instrument.lot : instrument.tick));
  const rests = steps.slice(0, 4).flatMap(({ rest }) => (rest === undefined ? [] : [rest]));
  const offTick = rests.length === 0 ? "0" : `CASE WHEN ${rests.map((rest) => `${rest} <> 0`).join(" OR ")} THEN 1 ELSE 0 END`;
  const select = ["open_ms::DOUBLE", ...steps.map(({ whole }) => `(${whole})::DOUBLE`), `(${offTick})::DOUBLE`];
  const read = await readColumns(
    connection,
    `SELECT ${select.join(", ")} FROM read_parquet(${sqlText(path)}) ${whereSql("open_ms", window)} ORDER BY 1`,
  );
  const [openMs, open, high, low, close, volume, off] = read.map((column) =>
    column instanceof Float64Array ? column : new Float64Array(),
  ) as [Float64Array, Float64Array, Float64Array, Float64Array, Float64Array, Float64Array, Float64Array];
  const offAt = off.indexOf(1);
  const columns = { open, high, low, close, volume };
  return {
    bars: { instrument, interval, length: openMs.length, openMs, ...columns },
    offTickMs: offAt === -1 ? undefined : openMs[offAt],
    beyond: columnNames.find((name) => columns[name].some((value) => value > Number.MAX_SAFE_INTEGER)),
  };
}

/** A stored decimal as a whole number of steps, by integers only: `mantissa * 10^(12 - decimals) / step`, floored. */
function stepSql(column: ColumnFacts, step: bigint): { readonly whole: string; readonly rest: string | undefined } {
  const up = 10n ** BigInt(exactDecimals - column.decimals);
  const shared = greatestDivisor(up, step);
  const factor = up / shared;
  const divisor = step / shared;
  const mantissa = mantissaSql(column);
  const scaled = factor === 1n ? mantissa : `(${mantissa}::HUGEINT * ${factor})`;
  return divisor === 1n ? { whole: scaled, rest: undefined } : { whole: `${scaled} // ${divisor}`, rest: `${scaled} % ${divisor}` };
}

const greatestDivisor = (left: bigint, right: bigint): bigint => (right === 0n ? left : greatestDivisor(right, left % right));

const whereSql = (time: string, { fromMs, toMs }: Window): string => {
  const bounds = [...(fromMs === undefined ? [] : [`${time} >= ${fromMs}`]), ...(toMs === undefined ? [] : [`${time} < ${toMs}`])];
  return bounds.length === 0 ? "" : `WHERE ${bounds.join(" AND ")}`;
};

/** Rows within the window, both ends included; a mark or open interest that was set before it still holds at its start. */
async function loadSeries(
  connection: DuckDBConnection,
  path: string,
  instrument: Instrument,
  kind: HistoryKind,
  fromMs: number | undefined,
  toMs: number | undefined,
): Promise<Series> {
  const column = columnFactsOf(await readFacts(connection, path), "value");
  const file = `read_parquet(${sqlText(path)})`;
  const start =
    fromMs === undefined || kind === "funding" ? fromMs : `coalesce((SELECT max(at_ms) FROM ${file} WHERE at_ms <= ${fromMs}), ${fromMs})`;
  const bounds = [...(start === undefined ? [] : [`at_ms >= ${start}`]), ...(toMs === undefined ? [] : [`at_ms <= ${toMs}`])];
  const where = bounds.length === 0 ? "" : `WHERE ${bounds.join(" AND ")}`;
  const units = `${mantissaSql(column)}::HUGEINT * ${10n ** BigInt(exactDecimals - column.decimals)}`;
  const [atMs, value] = await readColumns(connection, `SELECT at_ms::DOUBLE, (${units})::HUGEINT FROM ${file} ${where} ORDER BY 1`);
  return {
    instrument,
    length: atMs?.length ?? 0,
    atMs: atMs instanceof Float64Array ? atMs : new Float64Array(),
    value: value instanceof Float64Array || value === undefined ? [] : value,
  };
}
