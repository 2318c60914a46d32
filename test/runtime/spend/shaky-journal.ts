import type { Entry } from "../../../src/journal/entry.ts";
import type { JournalHead, JournalStore } from "../../../src/ports/journal-store.ts";

/** Chance for one run: the next number from 0 up to 1. */
export type Chance = () => number;

/**
 * A store whose commits take their time, fail now and then, and may end for good. `durable` counts the entries that a crash would
 * leave: never more than a commit that returned or failed half way could have written.
 */
export class ShakyJournal implements JournalStore {
  readonly list: Entry[] = [];
  durable = 0;
  failed = 0;
  readonly #chance: Chance;
  readonly #failing: number;
  readonly #turnsMax: number;
  #isDead = false;

  constructor(chance: Chance, failing: number, turnsMax = 6) {
    this.#chance = chance;
    this.#failing = failing;
    this.#turnsMax = turnsMax;
  }

  append(entry: Entry): void {
    if (this.#isDead) throw new Error("the disk is gone");
    if (entry.sequence !== this.list.length + 1) throw new Error("a gap in the journal");
    this.list.push(entry);
  }

  async commit(): Promise<void> {
    const upTo = this.list.length;
    for (let turns = Math.floor(this.#chance() * this.#turnsMax); turns > 0; turns--) await Promise.resolve();
    if (this.#isDead) throw new Error("the disk is gone");
    if (this.#chance() < this.#failing) {
      this.failed++;
      this.#isDead = this.#chance() < 0.2;
      // What was being written may be there all the same.
      if (this.#chance() < 0.5) this.durable = Math.max(this.durable, upTo);
      throw new Error("no space left on device");
    }
    this.durable = Math.max(this.durable, upTo);
  }

  head(): JournalHead {
    return { sequence: this.list.length, hash: "" };
  }
  entries(from = 1): Iterable<Entry> {
    return this.list.slice(from - 1);
  }
  close(): void {}
}
