import { msOf } from "../../words/instant.ts";

/** What somebody else wrote: a headline, a post, a filing, a note. Every text in it is untrusted, its source's name included. */
export type NewsItem = {
  readonly source: string;
  readonly at: Temporal.Instant;
  readonly title?: string;
  readonly body: string;
  /** Instrument ids from a field of the feed's own. Whatever the text itself names is a mention and nothing more. */
  readonly symbols?: readonly string[];
};

/** What a decision was shown, as it came in; the nonce that fenced it is kept with it, so that the same question can be put again. */
export type News = { readonly nonce: string; readonly items: readonly NewsItem[] };

/** Of items in the order of time, the newest that were out by `now`: at most so many, none older than that. */
export function recentNews(items: readonly NewsItem[], now: Temporal.Instant, ageMsMax: number, itemsMax: number): readonly NewsItem[] {
  const nowMs = msOf(now);
  return items.filter(({ at }) => msOf(at) <= nowMs && msOf(at) > nowMs - ageMsMax).slice(-itemsMax);
}
