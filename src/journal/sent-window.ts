import type { SentOrder } from "../flow/portfolio/standing.ts";
import { emptyList, emptyNumbers } from "../words/lists.ts";

/** The longest that any rail looks back over sent orders. */
const windowMs = 3_600_000;

/** Orders sent lately, oldest first; older ones fall out as new ones come in. */
export class SentWindow {
  #orders = emptyList<SentOrder>();
  #sentMs = emptyNumbers();

  add(order: SentOrder): void {
    const sentMs = order.sentAt.epochMilliseconds;
    const from = sentMs - windowMs;
    this.#orders.push(order);
    this.#sentMs.push(sentMs);
    let stale = 0;
    while ((this.#sentMs[stale] ?? from) < from) stale++;
    if (stale <= 64 && stale * 2 <= this.#orders.length) return;
    this.#orders = this.#orders.slice(stale);
    this.#sentMs = this.#sentMs.slice(stale);
  }

  get orders(): readonly SentOrder[] {
    return this.#orders;
  }
}
