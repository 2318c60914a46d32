import type { SentOrder } from "../flow/portfolio/standing.ts";

/** The longest that any rail looks back over sent orders. */
const windowMs = 3_600_000;

/** Orders sent lately, oldest first; older ones fall out as new ones come in. */
export class SentWindow {
  #orders: SentOrder[] = [];

  add(order: SentOrder): void {
    const from = order.sentAt.epochMilliseconds - windowMs;
    this.#orders.push(order);
    let stale = 0;
    while ((this.#orders[stale]?.sentAt.epochMilliseconds ?? from) < from) stale++;
    if (stale > 64 || stale * 2 > this.#orders.length) this.#orders = this.#orders.slice(stale);
  }

  get orders(): readonly SentOrder[] {
    return this.#orders;
  }
}
