import type { ClientOrderId, InstrumentId } from "../words/ids.ts";
import { emptyList } from "../words/lists.ts";

/** Entries that filled since a person last looked: what the repeated-execution rail counts. */
export class EntryFills {
  readonly #fills = emptyList<{ readonly instrument: InstrumentId; readonly atMs: number }>();
  readonly #orders = new Set<ClientOrderId>();

  /** An order that fills in parts is one entry, by its first part. */
  add(instrument: InstrumentId, order: ClientOrderId, atMs: number): void {
    const before = this.#orders.size;
    this.#orders.add(order);
    if (this.#orders.size === before) return;
    this.#fills.push({ instrument, atMs });
  }

  clear(): void {
    this.#fills.length = 0;
  }

  since(instrument: InstrumentId, fromMs: number): number {
    let count = 0;
    for (let at = this.#fills.length - 1; at >= 0; at--) {
      const fill = this.#fills[at];
      if (fill === undefined || fill.atMs < fromMs) break;
      if (fill.instrument === instrument) count++;
    }
    return count;
  }
}
