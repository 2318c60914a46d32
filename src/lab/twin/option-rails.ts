import type { Bars } from "../../flow/market/bars.ts";
import { calendarOf } from "../../flow/market/calendar/calendar.ts";
import { instantOfMs } from "../../words/instant.ts";
import type { Option } from "../../words/instrument.ts";
import { intervalMs } from "../../words/interval.ts";

/** The hard rails that an options desk sells by whatever anybody says, as its settings have them (OPT-6). */
export type OptionRails = {
  /** Loss of the premium, on the bid, in percent. */
  readonly stopLossPct: number;
  readonly dayEndMinutes: number;
  /** `daily`: sold before each close; `expiry`: before the close of the session before the contract's last day; `never`: stays. */
  readonly dayEnd: "daily" | "expiry" | "never";
};

export type RailMet = { readonly row: number; readonly by: "stop" | "day_end" };

/**
 * The first bar from `first` to `last` at whose close one of the rails would have sold an option for which `paidTicks` were paid. Where
 * nobody bids nobody can be sold to, and a later bar has to.
 */
export function railMet(bars: Bars, first: number, last: number, paidTicks: number, rails: OptionRails): RailMet | undefined {
  const { contract, instrument, interval } = bars;
  if (contract === undefined || instrument.kind !== "option") return undefined;
  const leaveMs = leaveFromMs(instrument, bars.openMs[first] ?? 0, rails);
  for (let row = first; row <= last; row++) {
    const bid = contract.bid[row] ?? 0;
    if (!(bid > 0)) continue;
    // In the desk's own form: percent of what was paid.
    if ((bid - paidTicks) * 100 <= -rails.stopLossPct * paidTicks) return { row, by: "stop" };
    if ((bars.openMs[row] ?? 0) + intervalMs[interval] >= leaveMs) return { row, by: "day_end" };
  }
  return undefined;
}

/** From when on the day's end sells what was bought at an instant. */
function leaveFromMs({ calendar: name, expiry }: Option, atMs: number, { dayEnd, dayEndMinutes }: OptionRails): number {
  const calendar = calendarOf(name);
  const at = instantOfMs(atMs);
  if (dayEnd === "never" || !calendar.covers(at)) return Infinity;
  let closeAt = calendar.nextClose(at);
  if (dayEnd === "expiry") {
    const last = Temporal.PlainDate.from(expiry);
    const nextDay = (): Temporal.PlainDate => calendar.tradingDay(calendar.nextOpen(closeAt));
    while (Temporal.PlainDate.compare(nextDay(), last) < 0) closeAt = calendar.nextClose(closeAt);
  }
  return closeAt.epochMilliseconds - dayEndMinutes * 60_000;
}
