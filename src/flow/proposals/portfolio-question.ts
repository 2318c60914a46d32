import { formatExact } from "../../words/exact.ts";
import { formatMoney } from "./format-money.ts";
import type { AssetContext, Context } from "../context/gather.ts";
import type { Question } from "./question.ts";

export type Prompt = { readonly id: string; readonly text: string };

/** A context comes in; the one question about the whole portfolio goes out: a stable system text, then compact tables with their units (PERP-2). */
export function portfolioQuestion(context: Context, prompt: Prompt, strategy: string, model: string, allocationMax: string): Question {
  const lines = [
    `TIME ${context.now.toString()}`,
    `STRATEGY ${strategy}`,
    "ACCOUNT equity_usd,cash_usd,day_start_equity_usd,max_allocation_usd",
    [formatMoney(context.equity), formatMoney(context.cash), formatMoney(context.dayStartEquity), allocationMax].join(","),
    "ASSETS symbol,last,mark,bid,ask,tick,funding_rate,funding_in_min,open_interest,position_qty,entry,sl,tp,open_orders",
    ...context.assets.map((asset) => assetRow(asset, context.now)),
    ...bookRows(context.assets),
    "INDICATORS symbol,interval,values as name=value, prices in USD",
    ...context.assets.flatMap(frameRows),
    "CLOSES symbol,interval,closes newest first",
    ...context.assets.flatMap(closeRows),
    "VOLUMES symbol,interval,volumes in base units newest first",
    ...context.assets.flatMap(volumeRow),
    ...recentRows(context.assets),
    ...(context.leftOut.length === 0
      ? []
      : ["LEFT_OUT instrument,why", ...context.leftOut.map(({ instrument, why }) => `${instrument},${why}`)]),
  ];
  return {
    role: "trader",
    model,
    prompt: prompt.id,
    system: prompt.text,
    user: lines.join("\n"),
    deadlineMs: 60_000,
    outputTokensMax: 2_000,
  };
}

const or = (value: bigint | undefined): string => (value === undefined ? "" : formatExact(value));

function assetRow({ instrument, market, position, protection, openOrders }: AssetContext, now: Temporal.Instant): string {
  return [
    instrument.symbol,
    formatExact(market.quote.last),
    formatExact(market.quote.mark),
    formatExact(market.quote.bid),
    formatExact(market.quote.ask),
    formatExact(instrument.tick),
    or(market.fundingRate),
    market.fundingNextAt === undefined ? "" : Math.round((market.fundingNextAt.epochMilliseconds - now.epochMilliseconds) / 60_000),
    or(market.openInterest),
    or(position?.quantity),
    or(position?.averageEntry),
    or(protection?.stopLoss),
    or(protection?.takeProfit),
    openOrders.length,
  ].join(",");
}

/** Where the feed has a book; history has none. */
function bookRows(assets: readonly AssetContext[]): string[] {
  const rows = assets.flatMap(({ instrument, market: { book } }) =>
    book === undefined ? [] : [[instrument.symbol, book.spreadBps, formatExact(book.bidDepth), formatExact(book.askDepth)].join(",")],
  );
  return rows.length === 0 ? rows : ["BOOK symbol,spread_bps,bid_depth,ask_depth", ...rows];
}

function frameRows({ instrument, market }: AssetContext): string[] {
  return market.frames.map(({ interval, values }) =>
    [instrument.symbol, interval, ...Object.entries(values).map(([name, value]) => `${name}=${shortened(value, 6)}`)].join(","),
  );
}

function closeRows({ instrument, market }: AssetContext): string[] {
  return market.frames.map(({ interval, closes }) => [instrument.symbol, interval, ...closes].join(","));
}

/** Of the base frame alone, to three digits: how much is traded compared with a little earlier is all that they tell. */
function volumeRow({ instrument, market }: AssetContext): string[] {
  const [base] = market.frames;
  if (base === undefined) return [];
  return [[instrument.symbol, base.interval, ...base.volumes.map((volume) => shortened(volume, 3))].join(",")];
}

const shortened = (value: number, digits: number): number => Number.parseFloat(value.toPrecision(digits));

function recentRows(assets: readonly AssetContext[]): string[] {
  const rows = assets.flatMap(({ instrument, recent }) =>
    recent
      .slice(-3)
      .map(({ decidedAt, action, confidence, fate, net }) =>
        [instrument.symbol, decidedAt.toString(), action, confidence, fate, net === undefined ? "" : formatMoney(net)].join(","),
      ),
  );
  return rows.length === 0 ? rows : ["RECENT symbol,decided_at,action,confidence,fate,net_usd", ...rows];
}
