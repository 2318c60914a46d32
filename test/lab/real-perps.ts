import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import type { AssetHistory, Series } from "../../src/flow/market/bars.ts";
import { approximately } from "../../src/words/exact.ts";
import { instrumentId } from "../../src/words/ids.ts";
import { price } from "../../src/words/price.ts";
import { quantity } from "../../src/words/quantity.ts";
import { aCoin } from "./handmade.ts";

const folder = join(import.meta.dirname, "../../../shared/data/binance-usdm-perps");
export const realPerpsThere = existsSync(folder);

/** The rows of one file as they are written. */
export const rowsOf = (symbol: string, kind: string): string[][] =>
  gunzipSync(readFileSync(join(folder, `${symbol}-${kind}.csv.gz`)))
    .toString()
    .trim()
    .split("\n")
    .slice(1)
    .map((line) => line.split(","));

/** Tick and lot as the exchange has them; the files' numbers are multiples of them. */
const steps: Readonly<Record<string, readonly [tick: string, lot: string]>> = {
  BTCUSDT: ["0.1", "0.001"],
  ETHUSDT: ["0.01", "0.001"],
  XRPUSDT: ["0.0001", "0.1"],
  ADAUSDT: ["0.0001", "1"],
};
export const realPerps = Object.keys(steps);

export function realPerp(symbol: string): AssetHistory {
  const [tick, lot] = steps[symbol]!;
  const instrument = aCoin(symbol, {
    id: instrumentId(`${symbol}.PERP`),
    symbol,
    venue: "history",
    tick: price(tick),
    lot: quantity(lot),
    minQuantity: quantity(lot),
    maxQuantity: quantity("1000000000"),
  });
  const rows = rowsOf(symbol, "1h-futures");
  const ticks = (column: number): Float64Array =>
    Float64Array.from(rows, (row) => Math.round(Number.parseFloat(row[column]!) / approximately(instrument.tick)));
  const series = (kind: string): Series => {
    const values = rowsOf(symbol, kind);
    return {
      instrument,
      length: values.length,
      atMs: Float64Array.from(values, (row) => Number.parseInt(row[0]!, 10)),
      value: values.map((row) => unitsOf(row[1]!)),
    };
  };
  return {
    instrument,
    bars: {
      instrument,
      interval: "1h",
      length: rows.length,
      openMs: Float64Array.from(rows, (row) => Number.parseInt(row[0]!, 10)),
      open: ticks(1),
      high: ticks(2),
      low: ticks(3),
      close: ticks(4),
      volume: Float64Array.from(rows, (row) => Math.floor(Number.parseFloat(row[5]!) / approximately(instrument.lot) + 1e-6)),
    },
    funding: series("8h-funding_rate"),
    mark: series("8h-mark"),
  };
}

function unitsOf(cell: string): bigint {
  const text = cell.includes("e") ? Number.parseFloat(cell).toFixed(12) : cell;
  const [whole = "0", fraction = ""] = text.replace("-", "").split(".");
  const value = BigInt(whole + fraction.padEnd(12, "0").slice(0, 12));
  return text.startsWith("-") ? -value : value;
}
