import { intervalMs, type Interval } from "../../../words/interval.ts";
import type { Bars } from "../bars.ts";
import { resample } from "../resample.ts";
import type { ContractColumns } from "./contract-columns.ts";

/** Fine bars of an option in, coarse ones out: its quotes and greeks are those at the last fine bar that each coarse one spans. */
export function resampleContract(bars: Bars, to: Interval): Bars {
  const { contract } = bars;
  const coarse = bars.interval === to ? bars : resample(bars, to);
  if (contract === undefined || coarse === bars) return coarse;
  const lastRows = new Int32Array(coarse.length);
  let row = 0;
  for (let at = 0; at < coarse.length; at++) {
    const end = (coarse.openMs[at] ?? 0) + intervalMs[to];
    while (row + 1 < bars.length && (bars.openMs[row + 1] ?? Infinity) < end) row++;
    lastRows[at] = row;
  }
  const pick = (column: Float64Array): Float64Array => Float64Array.from(lastRows, (from) => column[from] ?? Number.NaN);
  const { bid, ask, bidSize, askSize, openInterest, dayVolume, iv, delta, gamma, theta, vega, source } = contract;
  const picked: ContractColumns = {
    bid: pick(bid),
    ask: pick(ask),
    bidSize: pick(bidSize),
    askSize: pick(askSize),
    openInterest: pick(openInterest),
    dayVolume: pick(dayVolume),
    iv: pick(iv),
    delta: pick(delta),
    gamma: pick(gamma),
    theta: pick(theta),
    vega: pick(vega),
    source,
  };
  return { ...coarse, contract: picked };
}
