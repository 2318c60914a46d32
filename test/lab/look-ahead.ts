import type { AssetHistory, Bars, Series } from "../../src/flow/market/bars.ts";
import type { Entry } from "../../src/journal/entry.ts";
import { encodeEntry } from "../../src/journal/codec.ts";
import { runBacktest, type BacktestPlan } from "../../src/lab/backtest.ts";
import type { DeskSettings } from "../../src/runtime/desk.ts";
import { Random } from "../../src/sim/random.ts";
import { intervalMs } from "../../src/words/interval.ts";

/** The same history up to `untilMs`; what comes after is another one, still a possible one. */
export function scrambledAfter(history: AssetHistory, untilMs: number, seed: string): AssetHistory {
  const { bars, funding, mark, openInterest } = history;
  const random = new Random(seed).fork(history.instrument.id);
  const from = bars.openMs.findIndex((openMs) => openMs + intervalMs[bars.interval] > untilMs);
  const copy: Bars = {
    ...bars,
    open: bars.open.slice(),
    high: bars.high.slice(),
    low: bars.low.slice(),
    close: bars.close.slice(),
    volume: bars.volume.slice(),
  };
  for (let at = from < 0 ? bars.length : from; at < bars.length; at++) {
    const factor = 0.7 + 0.6 * random.next();
    const [open, close] = [Math.round(bars.open[at]! * factor), Math.round(bars.close[at]! * (0.7 + 0.6 * random.next()))];
    copy.open[at] = open;
    copy.close[at] = close;
    copy.high[at] = Math.max(open, close) + Math.round(open * 0.05 * random.next());
    copy.low[at] = Math.min(open, close) - Math.round(open * 0.05 * random.next());
    copy.volume[at] = Math.round(bars.volume[at]! * random.next());
  }
  const other = (series: Series): Series => ({
    ...series,
    value: series.value.map((value, at) => (series.atMs[at]! > untilMs ? (value * 13n) / 10n : value)),
  });
  return {
    instrument: history.instrument,
    bars: copy,
    ...(funding === undefined ? {} : { funding: other(funding) }),
    ...(mark === undefined ? {} : { mark: other(mark) }),
    ...(openInterest === undefined ? {} : { openInterest: other(openInterest) }),
  };
}

/** Everything written up to and with the decision at `untilMs`. */
function upTo(entries: readonly Entry[], untilMs: number): string[] {
  const end = entries.findLastIndex(({ fact, at }) => fact.kind === "scanned" && at.epochMilliseconds <= untilMs);
  return entries.slice(0, end + 1).map(encodeEntry);
}

/**
 * Runs a plan on its own market and on one with another future, and returns the first entry up to `untilMs` that the future changed;
 * undefined when none did, as it must be.
 */
export function foresight<Settings extends DeskSettings>(
  planOver: (histories: readonly AssetHistory[]) => BacktestPlan<Settings>,
  histories: readonly AssetHistory[],
  untilMs: number,
): string | undefined {
  const lines = [histories, histories.map((history) => scrambledAfter(history, untilMs, String(untilMs)))].map((of) => {
    const plan = planOver(of);
    runBacktest(plan);
    return upTo([...plan.journal.entries()], untilMs);
  });
  const [was = [], is = []] = lines;
  if (was.length === 0) return "nothing was decided";
  const at = was.findIndex((line, index) => line !== is[index]);
  return at >= 0 ? was[at] : is.length > was.length ? is[was.length] : undefined;
}
