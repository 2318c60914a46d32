import type { Bars } from "../flow/market/bars.ts";
import type { SimVenue } from "../sim/venue/sim-venue.ts";
import type { Span } from "./session-span.ts";

/** One row of bars as a bar that begins at the venue. */
export function openRow(venue: SimVenue, index: number, { open, high, low, close, volume }: Bars, row: number, span: Span): void {
  const { openMs, closeMs } = span;
  venue.openBar(index, openMs, closeMs - openMs, open[row] ?? 0, high[row] ?? 0, low[row] ?? 0, close[row] ?? 0, volume[row] ?? 0);
}
