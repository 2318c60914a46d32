import type { AssetHistory } from "../../flow/market/bars.ts";
import type { HalfHours } from "../../flow/market/regime.ts";
import { approximately } from "../../words/exact.ts";
import { intervalMs } from "../../words/interval.ts";

const halfHourMs = intervalMs["30m"];
/** More than a regime looks at: one window with a few sessions to spare. */
const kept = 200;

/** Bars come in; the completed half-hours up to an instant go out, each with its last close: what a price history says at that instant. */
export function halfHoursOf(histories: readonly AssetHistory[]): (untilMs: number) => readonly HalfHours[] {
  const columns = histories.map(({ instrument, bars }) => {
    const tick = approximately(instrument.tick);
    const [endMs, closes]: [number[], number[]] = [[], []];
    for (let at = 0; at < bars.length; at++) {
      const end = (Math.floor((bars.openMs[at] ?? 0) / halfHourMs) + 1) * halfHourMs;
      const close = Math.round((bars.close[at] ?? 0) * tick * 1e6) / 1e6;
      if (endMs.at(-1) === end) closes[closes.length - 1] = close;
      else {
        endMs.push(end);
        closes.push(close);
      }
    }
    return { symbol: instrument.symbol, endMs, closes };
  });
  return (untilMs) =>
    columns.map(({ symbol, endMs, closes }) => {
      const upTo = endMs.findLastIndex((end) => end <= untilMs) + 1;
      return { symbol, endMs: endMs.slice(Math.max(0, upTo - kept), upTo), closes: closes.slice(Math.max(0, upTo - kept), upTo) };
    });
}
