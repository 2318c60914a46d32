import { basename } from "node:path";
import type { AssetHistory, Bars, Series } from "../../flow/market/bars.ts";
import { resample } from "../../flow/market/resample.ts";
import type { HistoryAsk, HistoryFault, HistoryKind } from "../../ports/history.ts";
import { formatExact } from "../../words/exact.ts";
import type { Instrument } from "../../words/instrument.ts";
import { barOpen, intervalMs, intervals, type Interval } from "../../words/interval.ts";
import { present } from "../../words/invariant.ts";
import { err, ok, type Result } from "../../words/result.ts";
import { rowsBetween, unitsAt } from "./exact-column.ts";
import { inSteps, type StepColumn } from "./in-steps.ts";
import { readColumns } from "./read-columns.ts";
import { readStored } from "./read-stored.ts";
import type { Connect } from "./series-file.ts";
import { seriesFiles, seriesPath } from "./store-layout.ts";

type Window = { readonly fromMs: number | undefined; readonly toMs: number | undefined };

export async function loadAsset(
  connect: Connect,
  store: string,
  asset: string,
  instrument: Instrument,
  ask: HistoryAsk,
): Promise<Result<AssetHistory, HistoryFault>> {
  const stored = await storedIntervals(store, instrument.id);
  const candles = stored.ohlcv;
  const source = candles.includes(ask.interval) ? ask.interval : coarsestDivisor(candles, ask.interval);
  if (source === undefined) return err({ code: "interval_not_stored", asset, interval: ask.interval, stored: candles });
  const bars = await loadBars(connect, store, asset, instrument, source, ask);
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
    const series = await readStored(path, () => readSeriesWithin(connect, path, instrument, kind, { fromMs: ask.fromMs, toMs: ask.toMs }));
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
  connect: Connect,
  store: string,
  asset: string,
  instrument: Instrument,
  source: Interval,
  ask: HistoryAsk,
): Promise<Result<Bars, HistoryFault>> {
  const path = seriesPath(store, instrument.id, "ohlcv", source);
  // A coarse bar is in the window if its own open is: the fine bars wanted are those of whole coarse bars.
  const window = { fromMs: roundedUp(ask.fromMs, ask.interval), toMs: roundedUp(ask.toMs, ask.interval) };
  const read = await readStored(path, () => readCandles(connect, path, instrument, source, window));
  if (!read.ok) return read;
  const { bars, firstMs, lastMs, offTickMs, beyond } = read.value;
  if (offTickMs !== undefined) return err({ code: "off_tick", asset, atMs: offTickMs, tick: formatExact(instrument.tick) });
  if (beyond !== undefined) return err({ code: "beyond_exact", asset, column: beyond });
  const asked = source === ask.interval ? bars : resample(bars, ask.interval);
  if (asked.length > 0) return ok(asked);
  return err({ code: "empty_window", asset, interval: ask.interval, fromMs: ask.fromMs, toMs: ask.toMs, firstMs, lastMs });
}

function roundedUp(atMs: number | undefined, interval: Interval): number | undefined {
  if (atMs === undefined) return undefined;
  const open = barOpen(atMs, interval);
  return open === atMs ? open : open + intervalMs[interval];
}

const columnNames = ["open", "high", "low", "close", "volume"] as const;

type Candles = {
  readonly bars: Bars;
  readonly firstMs: number;
  readonly lastMs: number;
  /** When a price is no whole number of ticks, and which column counts more steps than a double can: the asset's faults. */
  readonly offTickMs: number | undefined;
  readonly beyond: string | undefined;
};

async function readCandles(connect: Connect, path: string, instrument: Instrument, interval: Interval, window: Window): Promise<Candles> {
  const stored = await readColumns(connect, path);
  const from = window.fromMs === undefined ? 0 : firstAtOrAfter(stored.atMs, window.fromMs);
  const to = window.toMs === undefined ? stored.atMs.length : Math.max(from, firstAtOrAfter(stored.atMs, window.toMs));
  const openMs = stored.atMs.subarray(from, to);
  const stepsOf = (field: number, step: bigint): StepColumn =>
    inSteps(rowsBetween(present(stored.columns[field], "candles have five columns"), from, to), step);
  const { tick, lot } = instrument;
  const prices = [stepsOf(0, tick), stepsOf(1, tick), stepsOf(2, tick), stepsOf(3, tick)] as const;
  const [open, high, low, close] = prices;
  const columns = { open: open.values, high: high.values, low: low.values, close: close.values, volume: stepsOf(4, lot).values };
  const offAt = Math.min(...prices.map((column) => (column.offAt === -1 ? openMs.length : column.offAt)));
  return {
    bars: { instrument, interval, length: openMs.length, openMs, ...columns },
    firstMs: stored.atMs[0] ?? Number.NaN,
    lastMs: stored.atMs.at(-1) ?? Number.NaN,
    offTickMs: openMs[offAt],
    beyond: columnNames.find((name) => isBeyond(columns[name])),
  };
}

function isBeyond(values: Float64Array): boolean {
  for (let row = 0; row < values.length; row++) if ((values[row] as number) > Number.MAX_SAFE_INTEGER) return true;
  return false;
}

/** Rows within the window, both ends included; a mark or open interest that was set before it still holds at its start. */
async function readSeriesWithin(
  connect: Connect,
  path: string,
  instrument: Instrument,
  kind: HistoryKind,
  window: Window,
): Promise<Series> {
  const { atMs, columns } = await readColumns(connect, path);
  const { fromMs, toMs } = window;
  let from = fromMs === undefined ? 0 : firstAtOrAfter(atMs, fromMs);
  if (kind !== "funding" && from > 0 && atMs[from] !== fromMs) from--;
  const to = toMs === undefined ? atMs.length : Math.max(from, firstAtOrAfter(atMs, toMs + 1));
  const column = rowsBetween(present(columns[0], "a series has a column of values"), from, to);
  const value = Array.from({ length: to - from }, (_, row) => unitsAt(column, row));
  return { instrument, length: value.length, atMs: atMs.subarray(from, to), value };
}

/** The first row at or after an instant, or the number of rows; times are whole milliseconds, strictly increasing. */
function firstAtOrAfter(atMs: Float64Array, ms: number): number {
  let from = 0;
  let to = atMs.length;
  while (from < to) {
    const middle = (from + to) >> 1;
    if ((atMs[middle] as number) < ms) from = middle + 1;
    else to = middle;
  }
  return from;
}
