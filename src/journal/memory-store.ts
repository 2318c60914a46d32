import type { JournalHead, JournalStore } from "../ports/journal-store.ts";
import { invariant } from "../words/invariant.ts";
import { chained, chainHash } from "./chain.ts";
import { encodeEntry } from "./codec.ts";
import type { Entry } from "./entry.ts";

/** For backtests and tests: entries stay objects, and the chain is computed only when somebody asks for a hash. */
export class MemoryJournal implements JournalStore {
  readonly #entries: Entry[] = [];
  #hashed = 0;
  #hash = "";

  get length(): number {
    return this.#entries.length;
  }

  append(entry: Entry): void {
    invariant(entry.sequence === this.#entries.length + 1, "the journal has no gaps and no repeats");
    this.#entries.push(entry);
  }

  commit(): void {}

  /** The sequence is free; reading `hash` encodes and hashes what was appended since the last reading. */
  head(): JournalHead {
    const sequence = this.#entries.length;
    const hashAt = (): string => this.#hashAt(sequence);
    return {
      sequence,
      get hash() {
        return hashAt();
      },
    };
  }

  *entries(from = 1): Generator<Entry> {
    for (let index = from - 1; index < this.#entries.length; index++) {
      const entry = this.#entries[index];
      if (entry !== undefined) yield entry;
    }
  }

  /** The journal's file, line by line with newlines: what a `FileJournal` of the same entries would have written. */
  *lines(): Generator<string> {
    let hash = "";
    for (const entry of this.#entries) {
      const next = chained(hash, encodeEntry(entry));
      hash = next.hash;
      yield `${next.line}\n`;
    }
  }

  close(): void {}

  #hashAt(sequence: number): string {
    // An older head asks after the chain went on: the chain keeps no history, so it starts again.
    if (sequence < this.#hashed) {
      this.#hashed = 0;
      this.#hash = "";
    }
    for (const entry of this.entries(this.#hashed + 1)) {
      if (this.#hashed === sequence) break;
      this.#hash = chainHash(this.#hash, encodeEntry(entry));
      this.#hashed++;
    }
    return this.#hash;
  }
}
