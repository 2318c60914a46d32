/**
 * What happened, in the order in which it was said: asked for what is not older than an instant it goes back only as far as that may
 * reach, so that asking every day costs the same in a long run as in a short one.
 */
export class Recent<Item extends { readonly at: Temporal.Instant }> implements Iterable<Item> {
  readonly #items: Item[] = [];
  /** The latest time among each item and all said before it: things may be said a little out of order. */
  readonly #latestMs: number[] = [];

  get length(): number {
    return this.#items.length;
  }

  add(item: Item): void {
    this.#items.push(item);
    this.#latestMs.push(Math.max(item.at.epochMilliseconds, this.#latestMs.at(-1) ?? -Infinity));
  }

  find(matches: (item: Item) => boolean): Item | undefined {
    return this.#items.findLast(matches);
  }

  remove(item: Item): void {
    const at = this.#items.lastIndexOf(item);
    if (at < 0) return;
    this.#items.splice(at, 1);
    // What is left of the latest times may be too late, never too early: no more than a step further back is looked at.
    this.#latestMs.splice(at, 1);
  }

  since(fromMs: number): Item[] {
    let from = this.#items.length;
    while (from > 0 && (this.#latestMs[from - 1] ?? -Infinity) >= fromMs) from--;
    return this.#items.slice(from).filter(({ at }) => at.epochMilliseconds >= fromMs);
  }

  [Symbol.iterator](): IterableIterator<Item> {
    return this.#items.values();
  }
}
