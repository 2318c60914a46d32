import type { Bars } from "../../../src/flow/market/bars.ts";
import { instrumentId } from "../../../src/words/ids.ts";
import type { Perpetual } from "../../../src/words/instrument.ts";
import type { Interval } from "../../../src/words/interval.ts";
import { money } from "../../../src/words/money.ts";
import { price } from "../../../src/words/price.ts";
import { quantity } from "../../../src/words/quantity.ts";
import { rate } from "../../../src/words/rate.ts";

export const perpetual: Perpetual = {
  kind: "perpetual",
  id: instrumentId("BTCUSDT.PERP"),
  symbol: "BTCUSDT",
  venue: "sim",
  currency: "USDT",
  base: "BTC",
  tick: price("0.1"),
  lot: quantity("0.001"),
  multiplier: quantity("1"),
  minQuantity: quantity("0.001"),
  maxQuantity: quantity("1000"),
  minNotional: money("5"),
  priceMayBeNegative: false,
  calendar: "always",
  leverageMax: 20,
  maintenanceMarginRate: rate("0.005"),
  liquidationFeeRate: rate("0.01"),
  fundingIntervalHours: 8,
};

/** Open time, open, high, low, close, volume. */
export type Row = readonly [number, number, number, number, number, number];

export function barsOf(interval: Interval, rows: readonly Row[]): Bars {
  const column = (at: 0 | 1 | 2 | 3 | 4 | 5): Float64Array => Float64Array.from(rows, (row) => row[at]);
  return {
    instrument: perpetual,
    interval,
    length: rows.length,
    openMs: column(0),
    open: column(1),
    high: column(2),
    low: column(3),
    close: column(4),
    volume: column(5),
  };
}

export const rowsOf = (bars: Bars): Row[] =>
  Array.from({ length: bars.length }, (_, at): Row => [
    bars.openMs[at]!,
    bars.open[at]!,
    bars.high[at]!,
    bars.low[at]!,
    bars.close[at]!,
    bars.volume[at]!,
  ]);
