import { emptyList, emptyNumbers } from "../../words/lists.ts";

/**
 * What happened, in the order in which it was said: asked for what is not older than an instant it goes back only as far as that may
 * reach, so that asking every day costs the same in a long run as in a short one.
 */
export class Recent<Item extends { readonly at: Temporal.Instant }> implements Iterable<Item> {
  readonly #items = emptyList<Item>();
  readonly #atMs = emptyNumbers();
  /** The latest time among each item and all said before it: things may be said a little out of order. */
  readonly #latestMs = emptyNumbers();

  get length(): number {
    return this.#items.length;
  }

  add(item: Item): void {
    const atMs = item.at.epochMilliseconds;
    const latestMs = this.#latestMs[this.#latestMs.length - 1] ?? -Infinity;
    this.#items.push(item);
    this.#atMs.push(atMs);
    this.#latestMs.push(atMs > latestMs ? atMs : latestMs);
  }

  find(matches: (item: Item) => boolean): Item | undefined {
    return this.#items.findLast(matches);
  }

  remove(item: Item): void {
    const at = this.#items.lastIndexOf(item);
    if (at < 0) return;
    this.#items.splice(at, 1);
    this.#atMs.splice(at, 1);
    // What is left of the latest times may be too late, never too early: no more than a step further back is looked at.
    this.#latestMs.splice(at, 1);
  }

  /** Both ends included. */
  between(fromMs: number, toMs: number): Item[] {
    let from = this.#items.length;
    while (from > 0 && (this.#latestMs[from - 1] ?? -Infinity) >= fromMs) from--;
    const found: Item[] = [];
    for (let n = from; n < this.#items.length; n++) {
      const item = this.#items[n];
      const ms = this.#atMs[n] ?? Number.NaN;
      if (item !== undefined && ms >= fromMs && ms <= toMs) found.push(item);
    }
    return found;
  }

  [Symbol.iterator](): IterableIterator<Item> {
    return this.#items.values();
  }
}
