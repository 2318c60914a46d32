import type { Bars } from "../flow/market/bars.ts";
import type { Watched } from "../flow/market/watched.ts";
import type { Instrument } from "../words/instrument.ts";
import { splitContracts } from "./split-contracts.ts";
import type { Tape } from "./tape.ts";

/** A price of old shares in ticks of new ones, as the simulated venue rounds it; no share is worth nothing. */
const splitTicks = (ticks: number, from: number, into: number): number => Math.max(1, Math.round((ticks * from) / into));

/**
 * Every `from` shares became `into`: bars that are still to be played, the one under way with them, and the price that is shown are in new
 * shares from here on, and options that stand for others with them. What indicators remember is not, as in a feed that nobody adjusts.
 */
export function splitShares(tape: Tape, watched: readonly Watched[], instrument: Instrument, from: number, into: number): void {
  const asset = watched.findIndex((each) => each.instrument === instrument);
  const [bars, shown] = [tape.assets[asset], watched[asset]];
  if (bars === undefined || shown === undefined) return;
  const playing = new Set(Array.from(tape.active.subarray(0, tape.activeCount), (each) => tape.assets[each]));
  const rowOf = (of: Bars): number =>
    playing.has(of) ? (tape.bar[tape.assets.indexOf(of)] ?? 0) : of.openMs.findLastIndex((ms) => ms < tape.openMs) + 1;
  splitBars(bars, rowOf(bars), from, into);
  // The row before is what the last close has shown of a contract, and what its next open is quoted at.
  if (into % from === 0) splitContracts(tape, instrument.id, into / from, (of) => rowOf(of) - 1);
  if (shown.seen) shown.opens(splitTicks(shown.lastTicks, from, into), shown.closedMs);
}

function splitBars({ open, high, low, close, volume, length }: Bars, row: number, from: number, into: number): void {
  for (let at = row; at < length; at++) {
    for (const column of [open, high, low, close]) column[at] = splitTicks(column[at] ?? 1, from, into);
    volume[at] = Math.floor(((volume[at] ?? 0) * into) / from);
  }
}
