import type { InstrumentId } from "../words/ids.ts";

/** Entry fills since a person last looked: what the repeated-execution rail counts. */
export class EntryFills {
  readonly #fills: { readonly instrument: InstrumentId; readonly atMs: number }[] = [];

  add(instrument: InstrumentId, atMs: number): void {
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
