import { divideExact, exactOne, formatExact, parseExact } from "../../words/exact.ts";
import { invariant } from "../../words/invariant.ts";
import { formatMoney } from "./format-money.ts";
import type { AssetContext, Context } from "../context/gather.ts";
import type { FrameSnapshot } from "../market/snapshot.ts";
import { portfolioSchema } from "./portfolio-schema.ts";
import type { Question } from "./question.ts";

export type Prompt = { readonly id: string; readonly text: string };

/**
 * A context comes in; the one question about the whole portfolio goes out: a stable system text, then compact tables with their units
 * (PERP-2). What changes least stands first, so that a provider's prompt cache hits as far as it can.
 */
export function portfolioQuestion(context: Context, prompt: Prompt, strategy: string, model: string, allocationMax: string): Question {
  const lines = [
    `STRATEGY ${strategy}`,
    "UNITS prices in USD; mark, bid, ask, closes: ticks from last; closes, volumes: newest first; volumes: volume_unit of the base",
    `TIME ${context.now.toString()}`,
    "ACCOUNT equity_usd,cash_usd,day_start_equity_usd,max_allocation_usd",
    [formatMoney(context.equity), formatMoney(context.cash), formatMoney(context.dayStartEquity), allocationMax].join(","),
    "ASSETS symbol,tick,last,mark,bid,ask,funding_rate,funding_in_min,open_interest,position_qty,entry,sl,tp,open_orders",
    ...context.assets.map((asset) => assetRow(asset, context.now)),
    ...bookRows(context.assets),
    ...frameTables(context.assets),
    ...recentRows(context.assets, context.now),
    ...(context.leftOut.length === 0
      ? []
      : ["LEFT_OUT instrument,why", ...context.leftOut.map(({ instrument, why }) => `${instrument},${why}`)]),
    ...(context.news ?? []),
  ];
  return {
    role: "trader",
    model,
    prompt: prompt.id,
    system: prompt.text,
    user: lines.join("\n"),
    schema: portfolioSchema,
    deadlineMs: 60_000,
    outputTokensMax: 2_000,
  };
}

const or = (value: bigint | undefined): string => (value === undefined ? "" : formatExact(value));
const minutesFrom = (from: Temporal.Instant, to: Temporal.Instant): number =>
  Math.round((to.epochMilliseconds - from.epochMilliseconds) / 60_000);

function assetRow({ instrument, market, position, protection, openOrders }: AssetContext, now: Temporal.Instant): string {
  const { last, mark, bid, ask } = market.quote;
  const { tick } = instrument;
  return [
    instrument.symbol,
    formatExact(tick),
    formatExact(last),
    ticksFrom(last, mark, tick),
    ticksFrom(last, bid, tick),
    ticksFrom(last, ask, tick),
    or(market.fundingRate),
    market.fundingNextAt === undefined ? "" : minutesFrom(now, market.fundingNextAt),
    or(market.openInterest),
    or(position?.quantity),
    or(position?.averageEntry),
    or(protection?.stopLoss),
    or(protection?.takeProfit),
    openOrders.length,
  ].join(",");
}

/**
 * A distance takes one or two tokens where a price takes five, and is what a reader compares anyway. A mark may lie between ticks: it
 * keeps its fraction.
 */
const ticksFrom = (last: bigint, to: bigint, tick: bigint): string => formatExact(divideExact(to - last, tick, "half_even"));

/** Where the feed has a book; history has none. */
function bookRows(assets: readonly AssetContext[]): string[] {
  const rows = assets.flatMap(({ instrument, market: { book } }) =>
    book === undefined ? [] : [[instrument.symbol, book.spreadBps, formatExact(book.bidDepth), formatExact(book.askDepth)].join(",")],
  );
  return rows.length === 0 ? rows : ["BOOK symbol,spread_bps,bid_depth,ask_depth", ...rows];
}

/** One table for each frame, so that the names of its indicators stand there once; a cell is empty where one is not ready yet. */
function frameTables(assets: readonly AssetContext[]): string[] {
  const count = assets.reduce((most, { market }) => Math.max(most, market.frames.length), 0);
  return Array.from({ length: count }, (_, at) => at).flatMap((at) => {
    const seen = assets.flatMap((asset) => {
      const frame = asset.market.frames[at];
      return frame === undefined ? [] : [{ asset, frame }];
    });
    const names = [...new Set(seen.flatMap(({ frame }) => Object.keys(frame.values)))];
    const intervals = [...new Set(seen.map(({ frame }) => frame.interval))];
    const columns = ["symbol", ...names, "closes", ...(at === 0 ? ["volume_unit", "volumes"] : [])].join(",");
    return intervals.flatMap((interval) => [
      `FRAME ${interval} ${columns}`,
      ...seen.filter(({ frame }) => frame.interval === interval).map(({ asset, frame }) => frameRow(asset, frame, names, at === 0)),
    ]);
  });
}

/** Volumes are of the base frame alone, to three digits: how much is traded compared with a little earlier is all that they tell. */
function frameRow({ instrument, market }: AssetContext, frame: FrameSnapshot, names: readonly string[], base: boolean): string {
  const values = names.map((name) => {
    const value = frame.values[name];
    return value === undefined ? "" : shownValue(value);
  });
  const closes = frame.closes.map((close) => ticksFrom(market.quote.last, unitsOf(close), instrument.tick)).join(" ");
  return [instrument.symbol, ...values, closes, ...(base ? volumeCells(frame.volumes) : [])].join(",");
}

/** Whole numbers of the largest power of ten that all of them are made of: its zeros, or the point, are said once. */
function volumeCells(volumes: readonly number[]): readonly [unit: string, volumes: string] {
  const units = volumes.map((volume) => unitsOf(shortened(volume, 3)));
  let unit = 1n;
  if (units.every((each) => each === 0n)) unit = exactOne;
  else while (units.every((each) => each % (unit * 10n) === 0n)) unit *= 10n;
  return [formatExact(unit), units.map((each) => each / unit).join(" ")];
}

/** Steps of a tick or a lot, spelled in currency or base units: the shortest decimal is exact. */
function unitsOf(value: number): bigint {
  const read = parseExact(String(value));
  invariant(read.ok, `a close or volume such as ${value} has no digits beyond 10^-12`);
  return read.value;
}

/** Five digits, or the whole part where that has more. */
const shownValue = (value: number): number => (Math.abs(value) >= 10_000 ? Math.round(value) : shortened(value, 5));
const shortened = (value: number, digits: number): number => Number.parseFloat(value.toPrecision(digits));

function recentRows(assets: readonly AssetContext[], now: Temporal.Instant): string[] {
  const rows = assets.flatMap(({ instrument, recent }) =>
    recent
      .slice(-3)
      .map(({ decidedAt, action, confidence, fate, net }) =>
        [instrument.symbol, minutesFrom(decidedAt, now), action, confidence, fate, net === undefined ? "" : formatMoney(net)].join(","),
      ),
  );
  return rows.length === 0 ? rows : ["RECENT symbol,min_ago,action,confidence,fate,net_usd", ...rows];
}
