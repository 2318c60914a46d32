import type { AssetHistory } from "../../flow/market/bars.ts";
import { slot, slots } from "../../flow/market/options/black-scholes.ts";
import type { MarketRates } from "../../flow/market/options/value-chain.ts";
import type { ContractColumns } from "../../flow/market/options/contract-columns.ts";
import { intervalMs } from "../../words/interval.ts";
import { ChainMarket } from "./chain-market.ts";
import type { ChainSpec } from "./chain-spec.ts";
import { workOut } from "./work-out.ts";

const work = new Float64Array(slots);

type Columns = { readonly [Name in Exclude<keyof ContractColumns, "source">]: Float64Array };
type Mids = { readonly open: Float64Array; readonly high: Float64Array; readonly low: Float64Array; readonly close: Float64Array };

const columnsOf = (rows: number): Columns => {
  const column = (): Float64Array => new Float64Array(rows);
  return {
    bid: column(),
    ask: column(),
    bidSize: column(),
    askSize: column(),
    openInterest: column(),
    dayVolume: column(),
    iv: column(),
    delta: column(),
    gamma: column(),
    theta: column(),
    vega: column(),
  };
};

/**
 * A whole chain market as histories: the underlying first, then every contract from the first minute to its last, its bars made of
 * its mids and its quotes and greeks beside them. Greeks that the venue does not tell are worked out from the mid and marked `computed`.
 * Eleven doubles a contract and minute: some days of a chain, not years.
 */
export function chainHistories(spec: ChainSpec): readonly AssetHistory[] {
  const market = new ChainMarket(spec);
  const { bars } = market.underlying;
  const rowsOf = (contract: number): number => rowsBefore(bars.openMs, market.endsMs(contract));
  const kept = market.contracts.map((instrument, at) => {
    const rows = rowsOf(at);
    const mids: Mids = {
      open: new Float64Array(rows),
      high: new Float64Array(rows),
      low: new Float64Array(rows),
      close: new Float64Array(rows),
    };
    return { instrument, rows, mids, volume: new Float64Array(rows), columns: columnsOf(rows) };
  });
  while (market.advance())
    for (const [at, { rows, mids, volume, columns }] of kept.entries()) {
      const row = market.minute;
      if (row >= rows) continue;
      takeMids(mids, row, Math.max(1, Math.round(((market.bid[at] ?? 0) + (market.ask[at] ?? 0)) / 2)), bars.openMs);
      takeQuote(columns, row, market, at, spec.rates);
      const sameDay = row > 0 && (columns.dayVolume[row] ?? 0) >= (columns.dayVolume[row - 1] ?? 0);
      volume[row] = (columns.dayVolume[row] ?? 0) - (sameDay ? (columns.dayVolume[row - 1] ?? 0) : 0);
    }
  const contracts = kept.map(({ instrument, rows, mids, volume, columns }, at) => {
    const contract = { ...columns, source: market.tellsGreeks(at) ? "venue" : "computed" } as const;
    return {
      instrument,
      bars: { instrument, interval: bars.interval, length: rows, openMs: bars.openMs.slice(0, rows), ...mids, volume, contract },
    };
  });
  return [market.underlying, ...contracts];
}

/** Minutes that end before the contract does: at its very end nobody quotes it any more. */
function rowsBefore(openMs: Float64Array, endsMs: number): number {
  const end = openMs.findIndex((at) => at + intervalMs["1m"] >= endsMs);
  return end < 0 ? openMs.length : end;
}

/** A minute opens where the one before closed, unless a night lies between. */
function takeMids({ open, high, low, close }: Mids, row: number, mid: number, openMs: Float64Array): void {
  const follows = row > 0 && (openMs[row] ?? 0) - (openMs[row - 1] ?? 0) === intervalMs["1m"];
  const from = follows ? (close[row - 1] ?? mid) : mid;
  open[row] = from;
  close[row] = mid;
  high[row] = Math.max(from, mid);
  low[row] = Math.min(from, mid);
}

function takeQuote(to: Columns, row: number, market: ChainMarket, at: number, rates: MarketRates): void {
  to.bid[row] = market.bid[at] ?? 0;
  to.ask[row] = market.ask[at] ?? 0;
  to.bidSize[row] = market.bidSize[at] ?? 0;
  to.askSize[row] = market.askSize[at] ?? 0;
  to.openInterest[row] = market.openInterest[at] ?? 0;
  to.dayVolume[row] = market.volume[at] ?? 0;
  const told = market.tellsGreeks(at);
  const [from, offset] = told ? [market.priced, at * slots] : [work, 0];
  to.iv[row] = told ? (market.iv[at] ?? Number.NaN) : workOut(market, at, rates, to.iv[row - 1] ?? 0, work);
  to.delta[row] = from[offset + slot.delta] ?? Number.NaN;
  to.gamma[row] = from[offset + slot.gamma] ?? Number.NaN;
  to.theta[row] = from[offset + slot.theta] ?? Number.NaN;
  to.vega[row] = from[offset + slot.vega] ?? Number.NaN;
}
