import type { NewsItem } from "../market/news.ts";
import type { MarketSnapshot } from "../market/snapshot.ts";

export type MaterialChange = "assets" | "price" | "status" | "funding" | "news";

/**
 * What makes an earlier answer stale: another set of assets, a price or mark that moved by the threshold since, a halt, another
 * funding rate, or other news. Undefined when nothing did (PERP-5); what the account holds is compared apart.
 */
export function materialChange(before: MarketSnapshot, now: MarketSnapshot, moveBps: number): MaterialChange | undefined {
  if (before.assets.length !== now.assets.length) return "assets";
  for (const asset of now.assets) {
    const then = before.assets.find(({ quote }) => quote.instrument === asset.quote.instrument);
    if (then === undefined) return "assets";
    if (then.quote.status !== asset.quote.status) return "status";
    if (then.fundingRate !== asset.fundingRate) return "funding";
    for (const price of ["last", "mark", "bid", "ask"] as const) if (moved(then.quote[price], asset.quote[price], moveBps)) return "price";
  }
  return sameNews(before.news?.items ?? [], now.news?.items ?? []) ? undefined : "news";
}

/** An item that grew too old and fell out is a change as well: what the answer was built on is gone. */
const sameNews = (before: readonly NewsItem[], now: readonly NewsItem[]): boolean =>
  before.length === now.length &&
  before.every((item, at) => {
    const other = now[at];
    return (
      other !== undefined &&
      item.at.equals(other.at) &&
      item.source === other.source &&
      item.title === other.title &&
      item.body === other.body
    );
  });

/** In millionths, so that a threshold of a tenth of a basis point still compares whole numbers. */
function moved(from: bigint, to: bigint, moveBps: number): boolean {
  if (from <= 0n) return from !== to;
  const off = to > from ? to - from : from - to;
  return off * 1_000_000n >= from * BigInt(Math.round(moveBps * 100));
}
