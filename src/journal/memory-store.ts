import type { JournalHead, JournalStore } from "../ports/journal-store.ts";
import type { CorrelationId } from "../words/ids.ts";
import { invariant, present } from "../words/invariant.ts";
import { emptyList } from "../words/lists.ts";
import { chained, chainHash } from "./chain.ts";
import { encodeEntry } from "./codec.ts";
import type { Entry } from "./entry.ts";
import type { Fact } from "./fact.ts";

/** What nearly all entries of a journal share, from its first one on. */
type Envelope = { readonly from: number } & Pick<Entry, "account" | "desk" | "config">;

/**
 * For backtests and tests: facts stay objects, and the chain is computed only when somebody asks for a hash. Entries are kept as
 * columns and made again when they are read: what is kept for good is most of what a run costs the collector.
 */
export class MemoryJournal implements JournalStore {
  readonly #facts = emptyList<Fact>();
  readonly #at = emptyList<Temporal.Instant>();
  readonly #correlations = emptyList<CorrelationId | undefined>();
  readonly #envelopes: Envelope[] = [];
  #hashed = 0;
  #hash = "";

  get length(): number {
    return this.#facts.length;
  }

  append({ sequence, at, account, desk, correlation, config, fact }: Entry): void {
    invariant(sequence === this.#facts.length + 1, "the journal has no gaps and no repeats");
    const envelope = this.#envelopes[this.#envelopes.length - 1];
    if (envelope === undefined || envelope.config !== config || envelope.desk !== desk || envelope.account !== account)
      this.#envelopes.push({ from: sequence, account, desk, config });
    this.#facts.push(fact);
    this.#at.push(at);
    this.#correlations.push(correlation);
  }

  commit(): void {}

  /** The sequence is free; reading `hash` encodes and hashes what was appended since the last reading. */
  head(): JournalHead {
    const sequence = this.#facts.length;
    const hashAt = (): string => this.#hashAt(sequence);
    return {
      sequence,
      get hash() {
        return hashAt();
      },
    };
  }

  *entries(from = 1): Generator<Entry> {
    let run = Math.max(
      0,
      this.#envelopes.findLastIndex((envelope) => envelope.from <= from),
    );
    for (let index = from - 1; index < this.#facts.length; index++) {
      const sequence = index + 1;
      while ((this.#envelopes[run + 1]?.from ?? Infinity) <= sequence) run++;
      const { account, desk, config } = present(this.#envelopes[run], "every entry has an envelope");
      const fact = present(this.#facts[index], "the columns are of one length");
      const at = present(this.#at[index], "the columns are of one length");
      const correlation = this.#correlations[index];
      yield correlation === undefined
        ? { sequence, at, account, desk, config, fact }
        : { sequence, at, account, desk, correlation, config, fact };
    }
  }

  /** The journal's file, line by line with newlines: what a `FileJournal` of the same entries would have written. */
  *lines(): Generator<string> {
    let hash = "";
    for (const entry of this.entries()) {
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
