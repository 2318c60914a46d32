import type { Bars } from "../../flow/market/bars.ts";
import { calendarOf } from "../../flow/market/calendar/calendar.ts";
import { exMsOf } from "../../flow/market/ex-dividend.ts";
import { intervalMs } from "../../words/interval.ts";
import { ticksOfPrice, toTick } from "../../words/price.ts";
import type { Dividend } from "./chain-spec.ts";

/** Made-up bars of a share that pays nothing come in; the same walk, lower by each dividend from the open of its ex-date on, goes out. */
export function withoutDividends(bars: Bars, paid: readonly Dividend[]): Bars {
  const { tick } = bars.instrument;
  const exchange = calendarOf("xnys");
  const falls = paid.map((of) => ({ exMs: exMsOf(of, exchange), ticks: ticksOfPrice(toTick(of.amount, tick, "half_even"), tick) }));
  const fallen = (column: Float64Array): Float64Array =>
    column.map((ticks, at) => {
      // A daily bar opens at midnight, hours before its session does.
      const endMs = (bars.openMs[at] ?? 0) + intervalMs[bars.interval];
      const lower = falls.reduce((sum, fall) => (fall.exMs < endMs ? sum + fall.ticks : sum), 0);
      return Math.max(1, ticks - lower);
    });
  return { ...bars, open: fallen(bars.open), high: fallen(bars.high), low: fallen(bars.low), close: fallen(bars.close) };
}
