import type { AssetHistory } from "../../flow/market/bars.ts";
import { calendarOf } from "../../flow/market/calendar/calendar.ts";
import { exMsOf } from "../../flow/market/ex-dividend.ts";
import type { HalfHours } from "../../flow/market/regime.ts";
import { approximately } from "../../words/exact.ts";
import { intervalMs } from "../../words/interval.ts";

const halfHourMs = intervalMs["30m"];
/** More than a regime looks at: one window with a few sessions to spare. */
const kept = 200;

/**
 * Bars come in; the completed half-hours up to an instant go out, each with its last close: what a price history says at that instant, with
 * prices before an ex-date that has been lower by the dividend's share of them, so that paying is no fall.
 */
export function halfHoursOf(histories: readonly AssetHistory[]): (untilMs: number) => readonly HalfHours[] {
  const columns = histories.map(({ instrument, bars, actions = [] }) => {
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
    const paid = actions.flatMap((of) => {
      if (of.kind !== "dividend") return [];
      const exMs = exMsOf(of, calendarOf("xnys"));
      const before = closes[endMs.findLastIndex((end) => end <= exMs)];
      return before === undefined ? [] : [{ exMs, keeps: Math.max(0, 1 - approximately(of.amount) / before) }];
    });
    return { symbol: instrument.symbol, endMs, closes, paid };
  });
  return (untilMs) =>
    columns.map(({ symbol, endMs, closes, paid }) => {
      const upTo = endMs.findLastIndex((end) => end <= untilMs) + 1;
      const from = Math.max(0, upTo - kept);
      const ends = endMs.slice(from, upTo);
      const last = ends.at(-1) ?? -Infinity;
      // Of an ex-date without a half-hour of its own yet nothing has fallen either.
      const known = paid.filter(({ exMs }) => exMs < last);
      const adjusted = (close: number, at: number): number =>
        known.reduce((value, { exMs, keeps }) => ((ends[at] ?? 0) <= exMs ? value * keeps : value), close);
      const shown = closes.slice(from, upTo);
      return { symbol, endMs: ends, closes: known.length === 0 ? shown : shown.map(adjusted) };
    });
}
