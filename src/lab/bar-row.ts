import type { Bars } from "../flow/market/bars.ts";
import type { Watched } from "../flow/market/watched.ts";
import type { SimVenue } from "../sim/venue/sim-venue.ts";
import type { Span } from "./session-span.ts";

/** One row of bars as a bar that begins at the venue. */
export function openRow(venue: SimVenue, index: number, { open, high, low, close, volume }: Bars, row: number, span: Span): void {
  const { openMs, closeMs } = span;
  venue.openBar(index, openMs, closeMs - openMs, open[row] ?? 0, high[row] ?? 0, low[row] ?? 0, close[row] ?? 0, volume[row] ?? 0);
}

/** The first print of a session, which desk and venue see alike: one that valued an order by another price would reject what the other let pass. */
export function printRow(venue: SimVenue, index: number, watched: Watched | undefined, ticks: number | undefined, atMs: number): void {
  if (ticks === undefined) return;
  watched?.opens(ticks, atMs);
  venue.printOpen(index, ticks, atMs);
}

/** The same as a whole bar, seen by venue and watcher alike; false, and seen by neither, where it may touch something of ours. */
export function passRow(
  venue: SimVenue,
  index: number,
  watched: Watched,
  bars: Bars,
  row: number,
  openMs: number,
  closeMs: number,
): boolean {
  const open = bars.open[row] ?? 0;
  const high = bars.high[row] ?? 0;
  const low = bars.low[row] ?? 0;
  const close = bars.close[row] ?? 0;
  const volume = bars.volume[row] ?? 0;
  if (!venue.passBar(index, openMs, closeMs - openMs, open, high, low, close, volume)) return false;
  watched.push(openMs, open, high, low, close, volume, closeMs);
  return true;
}
