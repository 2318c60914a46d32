import type { AssetHistory, Bars } from "../../flow/market/bars.ts";
import { approximately } from "../../words/exact.ts";
import { intervalMs } from "../../words/interval.ts";
import { spanOf } from "../session-span.ts";
import { railMet, type OptionRails } from "./option-rails.ts";

/** What something would have brought comes out, for a trade that was never made; the rule is the same for whatever it is asked of. */

/** All of it is declared in the report: another rule gives other figures. */
export type PriceRule = {
  /** Bars after which what has met neither stop nor target is closed, at that bar's close. */
  readonly horizonBars: number;
  /** Of each side's notional. The spread is whole, of which a trade pays half; where both sides were quoted those are taken instead. */
  readonly feeBps: number;
  readonly spreadBps: number;
  readonly slippageBps: number;
  /** A year, for each night that shares are short; nothing where it is not said. */
  readonly borrowBpsYear?: number;
  /** Where options are traded: what sells them before the horizon. */
  readonly optionRails?: OptionRails;
};

export type Wish = {
  readonly atMs: number;
  readonly side: "buy" | "sell";
  /** In the account's currency. */
  readonly notional: number;
  readonly stopLoss?: number | undefined;
  readonly takeProfit?: number | undefined;
  /** A close or a reduction: what would have been made by being out, without costs that come sooner or later anyway. */
  readonly exit?: boolean;
  /** Of an option that is held: the premium that was paid for it, which its hard stop is reckoned from. */
  readonly paid?: number | undefined;
};

export type Priced =
  | {
      readonly net: number;
      readonly endedBy: "stop" | "target" | "horizon" | "day_end";
      readonly openedMs: number;
      readonly closedMs: number;
    }
  | { readonly unpriced: "no_history" | "data_ends" | "no_price" };

/**
 * In at the open of the first bar after the decision; out at stop or target, whichever a later price met first, the stop where one bar met
 * both, at the bar's open where that was beyond already; else at the horizon's close. Funding is paid as it fell due, lent shares by the night.
 */
export function priceTrade(history: AssetHistory | undefined, wish: Wish, rule: PriceRule): Priced {
  if (history === undefined) return { unpriced: "no_history" };
  const { bars } = history;
  const first = firstAt(bars, wish.atMs);
  const last = first + rule.horizonBars - 1;
  const buys = wish.side === "buy";
  const entry = first < bars.length ? priceAt(bars, first, "open", buys ? "ask" : "bid") : undefined;
  if (entry === undefined) return { unpriced: first < bars.length ? "no_price" : "data_ends" };
  const out = outBefore(bars, first, Math.min(last, bars.length - 1), wish, rule, entry);
  // What was still open when the data ends is not known.
  if (out === undefined && last >= bars.length) return { unpriced: "data_ends" };
  const row = out?.row ?? last;
  // Selling sooner or later is at the bid both times: only who was to get in pays the spread.
  const exit = out?.price ?? priceAt(bars, row, "close", buys === (wish.exit === true) ? "ask" : "bid");
  if (exit === undefined || entry <= 0) return { unpriced: "no_price" };

  const sign = buys ? 1 : -1;
  const grown = exit / entry;
  const openedMs = bars.openMs[first] ?? 0;
  const closedMs = (bars.openMs[row] ?? 0) + intervalMs[bars.interval];
  const gained = sign * (grown - 1);
  const endedBy = out?.by ?? "horizon";
  if (wish.exit === true) return { net: wish.notional * gained, endedBy, openedMs, closedMs };
  const oneWay = (rule.feeBps + (bars.contract === undefined ? rule.spreadBps / 2 + rule.slippageBps : 0)) / 10_000;
  const funding = sign * fundingBetween(history, openedMs, closedMs);
  const borrow = buys ? 0 : lentBetween(bars, first, row, entry, rule);
  return { net: wish.notional * (gained - oneWay * (1 + grown) - funding - borrow), endedBy, openedMs, closedMs };
}

/** The first bar that opens at or after a time, as its exchange opens; `length` where there is none. */
function firstAt(bars: Bars, atMs: number): number {
  const span = spanOf([bars]);
  let [low, high] = [0, bars.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (span(bars.openMs[middle] ?? 0, intervalMs[bars.interval]).openMs < atMs) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** In currency. An option is bought at its ask and sold at its bid, as they stood when the bar closed. */
function priceAt(bars: Bars, row: number, when: "open" | "close", side: "bid" | "ask"): number | undefined {
  const ticks = bars.contract === undefined ? bars[when][row] : bars.contract[side][row];
  return ticks === undefined || ticks <= 0 ? undefined : ticks * approximately(bars.instrument.tick);
}

type Out = { readonly row: number; readonly price?: number; readonly by: "stop" | "target" | "day_end" };

/** What ends a trade before its horizon; of a close that was turned away only what would have closed it anyway. */
function outBefore(bars: Bars, first: number, last: number, wish: Wish, { optionRails: rails }: PriceRule, entry: number): Out | undefined {
  const sells = wish.side === "sell";
  if (bars.contract !== undefined && rails !== undefined && sells === (wish.exit === true))
    return railMet(bars, first, last, (wish.paid ?? entry) / approximately(bars.instrument.tick), rails);
  return wish.exit === true ? undefined : levelMet(bars, first, last, wish);
}

function levelMet(
  bars: Bars,
  first: number,
  last: number,
  { side, stopLoss, takeProfit }: Wish,
): { readonly row: number; readonly price: number; readonly by: "stop" | "target" } | undefined {
  const tick = approximately(bars.instrument.tick);
  const buys = side === "buy";
  for (let row = first; row <= last; row++) {
    const open = (bars.open[row] ?? 0) * tick;
    const low = (bars.low[row] ?? 0) * tick;
    const high = (bars.high[row] ?? 0) * tick;
    if (stopLoss !== undefined && (buys ? low <= stopLoss : high >= stopLoss))
      return { row, price: buys ? Math.min(open, stopLoss) : Math.max(open, stopLoss), by: "stop" };
    if (takeProfit !== undefined && (buys ? high >= takeProfit : low <= takeProfit))
      return { row, price: buys ? Math.max(open, takeProfit) : Math.min(open, takeProfit), by: "target" };
  }
  return undefined;
}

/** What a long of one would have paid, as a share of its notional at the time of entry. */
function fundingBetween({ funding }: AssetHistory, fromMs: number, toMs: number): number {
  if (funding === undefined) return 0;
  let paid = 0;
  for (let at = 0; at < funding.length; at++) {
    const ms = funding.atMs[at] ?? 0;
    if (ms > fromMs && ms <= toMs) paid += approximately(funding.value[at] ?? 0n);
  }
  return paid;
}

/** What lent shares cost a short of one over the nights between its rows, as a share of its notional at entry; brokers count 360 days a year. */
function lentBetween(
  { instrument, openMs, close }: Bars,
  first: number,
  last: number,
  entry: number,
  { borrowBpsYear = 0 }: PriceRule,
): number {
  if (borrowBpsYear === 0 || (instrument.kind !== "equity" && instrument.kind !== "etf")) return 0;
  const day = (row: number): number => Math.floor((openMs[row] ?? 0) / intervalMs["1d"]);
  let owed = 0;
  for (let row = first; row < last; row++)
    owed += (day(row + 1) - day(row)) * (((close[row] ?? 0) * approximately(instrument.tick)) / entry);
  return (owed * borrowBpsYear) / 10_000 / 360;
}
