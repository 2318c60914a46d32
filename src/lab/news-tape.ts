import { recentNews, type News, type NewsItem } from "../flow/market/news.ts";
import { newsNonce } from "../runtime/news-nonce.ts";

/** A day of news, and of that day no more than a page. */
const ageMsMax = 86_400_000;
const itemsMax = 8;

/** News as they came out in simulated time: nothing is shown before its own instant. */
export class NewsTape {
  readonly #items: readonly NewsItem[];
  readonly #secret: string;

  /** Items in any order; those of one instant stay as they are. */
  constructor(items: readonly NewsItem[], secret: string) {
    this.#items = items.toSorted((a, b) => Temporal.Instant.compare(a.at, b.at));
    this.#secret = secret;
  }

  at(now: Temporal.Instant): News {
    return { nonce: newsNonce(this.#secret, now.toString()), items: recentNews(this.#items, now, ageMsMax, itemsMax) };
  }
}
