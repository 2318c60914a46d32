import type { Entry } from "../../journal/entry.ts";
import { MemoryJournal } from "../../journal/memory-store.ts";
import type { JournalStore } from "../../ports/journal-store.ts";
import type { Random } from "../../sim/random.ts";

/** A journal with a disk behind it: what was not committed may be gone after a crash, from some entry on. */
export class VolatileJournal implements JournalStore {
  #kept = new MemoryJournal();
  #durable = 0;

  append(entry: Entry): void {
    this.#kept.append(entry);
  }
  commit(): void {
    this.#durable = this.#kept.length;
  }
  head(): ReturnType<MemoryJournal["head"]> {
    return this.#kept.head();
  }
  entries(from?: number): Generator<Entry> {
    return this.#kept.entries(from);
  }
  close(): void {}

  /** The disk after a crash: all that was committed, and as much of the rest as chance has it. Says how many entries are gone. */
  crash(random: Random): number {
    const whole = [...this.#kept.entries()];
    const left = random.int(this.#durable, whole.length);
    this.#kept = new MemoryJournal();
    for (const entry of whole.slice(0, left)) this.#kept.append(entry);
    this.#durable = left;
    return whole.length - left;
  }
}
