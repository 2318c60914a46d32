import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import type { AssetHistory, Series } from "../src/flow/market/bars.ts";
import { approximately } from "../src/words/exact.ts";
import { instrumentId } from "../src/words/ids.ts";
import { invariant } from "../src/words/invariant.ts";
import { money } from "../src/words/money.ts";
import { price } from "../src/words/price.ts";
import { quantity } from "../src/words/quantity.ts";
import { parseRate, rate } from "../src/words/rate.ts";

/** Real one-minute bars with funding and marks of eight perpetuals; beside the checkout, and not a part of it. */
const folder = process.env["PERPS_DATA"] ?? join(import.meta.dirname, "../../shared/data/binance-usdm-perps");
export const perpsThere = existsSync(folder);
export const perpsFolder = folder;

/** Tick and lot as the exchange has them. */
const steps = {
  BTCUSDT: ["0.1", "0.001"],
  ETHUSDT: ["0.01", "0.001"],
  BNBUSDT: ["0.01", "0.01"],
  XRPUSDT: ["0.0001", "0.1"],
  ADAUSDT: ["0.0001", "1"],
  LTCUSDT: ["0.01", "0.001"],
  LINKUSDT: ["0.001", "0.01"],
  BCHUSDT: ["0.01", "0.001"],
} as const;

const rowsOf = (symbol: string, kind: string): string[][] =>
  gunzipSync(readFileSync(join(folder, `${symbol}-${kind}.csv.gz`)))
    .toString("latin1")
    .trim()
    .split("\n")
    .slice(1)
    .map((line) => line.split(","));

export const perpHistories = (): readonly AssetHistory[] =>
  Object.entries(steps).map(([symbol, [tick, lot]]) => historyOf(symbol, tick, lot));

function historyOf(symbol: string, tick: string, lot: string): AssetHistory {
  const instrument = {
    kind: "perpetual",
    id: instrumentId(`${symbol}.PERP`),
    symbol,
    venue: "history",
    currency: "USDT",
    base: symbol.slice(0, -4),
    tick: price(tick),
    lot: quantity(lot),
    multiplier: quantity("1"),
    minQuantity: quantity(lot),
    maxQuantity: quantity("1000000000"),
    minNotional: money("5"),
    priceMayBeNegative: false,
    calendar: "always",
    leverageMax: 20,
    maintenanceMarginRate: rate("0.005"),
    liquidationFeeRate: rate("0.005"),
    fundingIntervalHours: 8,
  } as const;
  const rows = rowsOf(symbol, "1m-futures");
  const ticks = (column: number): Float64Array =>
    Float64Array.from(rows, (row) => {
      const steps = Number.parseFloat(row[column]!) / approximately(instrument.tick);
      invariant(Math.abs(steps - Math.round(steps)) < 1e-4, `${symbol} trades in steps of ${tick}`);
      return Math.round(steps);
    });
  const series = (kind: string): Series => {
    const values = rowsOf(symbol, kind);
    return {
      instrument,
      length: values.length,
      atMs: Float64Array.from(values, ([ms]) => Number.parseInt(ms!, 10)),
      value: values.map(([, value]) => unitsOf(value!)),
    };
  };
  const bars = {
    instrument,
    interval: "1m" as const,
    length: rows.length,
    openMs: Float64Array.from(rows, ([ms]) => Number.parseInt(ms!, 10)),
    open: ticks(1),
    high: ticks(2),
    low: ticks(3),
    close: ticks(4),
    volume: Float64Array.from(rows, (row) => Math.floor(Number.parseFloat(row[5]!) / approximately(instrument.lot) + 1e-6)),
  };
  return { instrument, bars, funding: series("8h-funding_rate"), mark: series("8h-mark") };
}

function unitsOf(cell: string): bigint {
  const read = parseRate(Number.parseFloat(cell).toFixed(12));
  invariant(read.ok, `${cell} is a number`);
  return read.value;
}
