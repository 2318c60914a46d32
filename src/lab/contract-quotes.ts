import type { Bars } from "../flow/market/bars.ts";
import type { ContractColumns } from "../flow/market/options/contract-columns.ts";
import { WatchedContract } from "../flow/market/options/watched-contract.ts";
import { Watched, type FrameWish } from "../flow/market/watched.ts";
import type { SimVenue } from "../sim/venue/sim-venue.ts";
import type { Interval } from "../words/interval.ts";

/** An option is watched by its own quotes and has no frames; everything else by its bars. */
export function watchedOf({ instrument, contract }: Bars, base: Interval, wishes: readonly FrameWish[], spreadBps: number): Watched {
  return instrument.kind === "option" && contract !== undefined
    ? new WatchedContract(instrument, base, contract)
    : new Watched(instrument, base, wishes, spreadBps);
}

/** One row of a contract as a quote at the venue. A side that nobody quotes trades with nobody. */
export function quoteRow(venue: SimVenue, index: number, of: ContractColumns, row: number, atMs: number): void {
  const [bid = 0, ask = 0] = [of.bid[row], of.ask[row]];
  if (bid <= 0 || ask < bid) return;
  venue.quote(index, bid, ask, of.bidSize[row] ?? 0, of.askSize[row] ?? 0, atMs);
}
