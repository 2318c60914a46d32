import { closeSync, openSync } from "node:fs";
import { chained, entryTextOf, hashOf } from "../../journal/chain.ts";
import { encodeEntry } from "../../journal/codec.ts";
import type { Entry } from "../../journal/entry.ts";
import type { Eventually } from "../../ports/eventually.ts";
import type { JournalHead, JournalStore } from "../../ports/journal-store.ts";
import { invariant } from "../../words/invariant.ts";
import { err, ok, type Result } from "../../words/result.ts";
import { realDisk, type Disk } from "./disk.ts";
import { JournalFailed } from "./journal-failed.ts";
import type { JournalFault } from "./journal-fault.ts";
import { markEvery, openForAppend, type Mark, type Opened } from "./open-for-append.ts";
import { decoded } from "./read-entries.ts";
import { readLines } from "./read-lines.ts";
import { readSnapshotFile, writeSnapshotFile, type NoSnapshot, type Snapshot } from "./snapshot-file.ts";
import { isSystemFault, openFault, type ChainEnd } from "./walk-chain.ts";
import type { Recovered } from "./recovered.ts";
import type { Syncs } from "./syncs.ts";
import { takeLock, type WriterLock } from "./writer-lock.ts";

/** Lines wait in memory up to this many characters; more are written, though not synced, so that a long backtest stays small. */
const waitingMax = 1 << 18;

/**
 * A journal as a text file, one hash-chained line an entry, and the one process that may append to it. `commit` returns once every
 * entry appended before is on disk (fdatasync). After a failed write or sync the store is dead: the system may have dropped the pages
 * that it could not write, so a second try that succeeds would prove nothing.
 */
export class FileJournal implements JournalStore {
  readonly path: string;
  readonly recovered: Recovered | undefined;
  readonly #descriptor: number;
  readonly #lock: WriterLock;
  readonly #disk: Disk;
  readonly #syncs: Syncs;
  readonly #marks: Mark[];
  #head: JournalHead;
  #committed: JournalHead;
  /** Entries and bytes that the system has taken, on disk or not. */
  #writtenSequence: number;
  #writtenBytes: number;
  /** Lines handed to a write that is under way, and lines that wait for one. */
  #flying = "";
  #waiting = "";
  #poison: JournalFailed | undefined;
  #underWay: Promise<void> | undefined;
  #flyingHead: JournalHead | undefined;
  #next: Promise<void> | undefined;
  #closed = false;

  private constructor(path: string, descriptor: number, lock: WriterLock, disk: Disk, syncs: Syncs, end: ChainEnd, marks: Mark[]) {
    this.path = path;
    this.#descriptor = descriptor;
    this.#lock = lock;
    this.#disk = disk;
    this.#syncs = syncs;
    this.#marks = marks;
    this.#head = end.head;
    this.#committed = end.head;
    this.#writtenSequence = end.head.sequence;
    this.#writtenBytes = end.end;
    const mended = end.torn > 0 || end.unended;
    this.recovered = mended ? { sequence: end.head.sequence + (end.unended ? 0 : 1), bytes: end.torn } : undefined;
  }

  /** Creates the file or verifies all of it; a journal that is wrong anywhere but in a torn last line is refused. */
  static open(path: string, options: { readonly disk?: Disk; readonly syncs?: Syncs } = {}): Result<FileJournal, JournalFault> {
    try {
      const lock = takeLock(`${path}.lock`);
      if (!lock.ok) return err({ code: "locked", path, ...lock.error });
      let opened: Result<Opened, JournalFault> | undefined;
      try {
        opened = openForAppend(path);
      } finally {
        if (opened?.ok !== true) lock.value.release();
      }
      if (!opened.ok) return opened;
      const { descriptor, end, marks } = opened.value;
      return ok(new FileJournal(path, descriptor, lock.value, options.disk ?? realDisk, options.syncs ?? "every_commit", end, marks));
    } catch (fault) {
      if (isSystemFault(fault)) return err(openFault(path, fault));
      throw fault;
    }
  }

  /** Takes the entry, encoded and chained; it counts as written only after a commit. */
  append(entry: Entry): void {
    this.#live();
    invariant(entry.sequence === this.#head.sequence + 1, "the journal has no gaps and no repeats");
    const { hash, line } = chained(this.#head.hash, encodeEntry(entry));
    this.#waiting += `${line}\n`;
    this.#head = { sequence: entry.sequence, hash };
    if (this.#waiting.length > waitingMax && this.#isIdle) this.#write();
  }

  commit(): void {
    this.#live();
    if (this.#syncs === "every_commit") this.#commit();
  }

  #commit(): void {
    invariant(this.#isIdle, "commit does not overtake a commitSoon that is under way");
    if (this.#committed === this.#head) return;
    this.#write();
    try {
      this.#disk.datasync(this.#descriptor);
    } catch (fault) {
      throw this.#fail(fault);
    }
    this.#committed = this.#head;
  }

  /** As `commit`, without blocking: all who ask while one write is under way share the next write and sync. */
  async commitSoon(): Promise<void> {
    this.#live();
    if (this.#syncs === "at_close") return;
    if (this.#next !== undefined) return this.#next;
    if (this.#flyingHead === this.#head) return this.#underWay;
    if (this.#committed === this.#head) return;
    // Waiting even when the disk is idle lets everyone who appends in this turn of the event loop come along.
    const next = (this.#underWay ?? Promise.resolve()).then(() => {
      this.#next = undefined;
      this.#underWay = next;
      return this.#flush();
    });
    this.#next = next;
    return next;
  }

  head(): JournalHead {
    return this.#head;
  }

  /** What is in the file, then what only waits to be. The chain was verified when the file was opened. */
  *entries(from = 1): Generator<Entry> {
    const last = this.#writtenSequence;
    const waiting = (this.#flying + this.#waiting).split("\n");
    if (from <= last) {
      for (const { sequence, line } of this.#linesFrom(from)) {
        yield decoded(this.path, sequence, entryTextOf(line));
        if (sequence === last) break;
      }
    }
    let sequence = last;
    for (const line of waiting) {
      sequence++;
      if (line !== "" && sequence >= from) yield decoded(this.path, sequence, entryTextOf(line));
    }
  }

  /** Keeps the state that the entries up to `at` give; `at` is a head of this journal whose entries are committed. */
  writeSnapshot(at: JournalHead, state: Readonly<Record<string, unknown>>): void {
    invariant(this.#hashAt(at.sequence) === at.hash, "a snapshot stands on a committed entry of its journal");
    writeSnapshotFile(this.#snapshotPath, { at, state });
  }

  /** The newest snapshot, if it is whole and stands on this chain; otherwise why it is not used. */
  readSnapshot(): Result<Snapshot, NoSnapshot> {
    const read = readSnapshotFile(this.#snapshotPath);
    if (!read.ok) return read;
    const { sequence, hash } = read.value.at;
    if (this.#hashAt(sequence) === hash) return read;
    const what = `${this.#snapshotPath}: the snapshot at entry ${sequence} is not of this journal, which has ${this.#committed.sequence} entries`;
    return err({ code: "ignored", what });
  }

  /** Commits what is left, unless the disk has failed, and lets the next process in; a promise only while a commitSoon is under way. */
  close(): Eventually<void> {
    if (this.#closed) return;
    const close = (): Eventually<void> => this.close();
    const busy = this.#next ?? this.#underWay;
    if (busy !== undefined && this.#poison === undefined) return busy.then(close, close);
    try {
      if (this.#poison === undefined) this.#commit();
    } finally {
      this.#closed = true;
      closeSync(this.#descriptor);
      this.#lock.release();
    }
  }

  get #snapshotPath(): string {
    return `${this.path}.snapshot`;
  }

  #live(): void {
    if (this.#poison !== undefined) throw this.#poison;
    invariant(!this.#closed, "a closed journal is not written");
  }

  get #isIdle(): boolean {
    return this.#underWay === undefined && this.#next === undefined;
  }

  #write(): void {
    const bytes = Buffer.from(this.#waiting);
    try {
      let rest = bytes;
      while (rest.length > 0) rest = rest.subarray(this.#disk.write(this.#descriptor, rest));
    } catch (fault) {
      throw this.#fail(fault);
    }
    this.#waiting = "";
    this.#wrote(bytes.length, this.#head.sequence);
  }

  async #flush(): Promise<void> {
    this.#live();
    const head = this.#head;
    const bytes = Buffer.from(this.#waiting);
    this.#flying = this.#waiting;
    this.#flyingHead = head;
    this.#waiting = "";
    try {
      let rest = bytes;
      while (rest.length > 0) rest = rest.subarray(await this.#disk.writeSoon(this.#descriptor, rest));
      await this.#disk.datasyncSoon(this.#descriptor);
    } catch (fault) {
      throw this.#fail(fault);
    } finally {
      this.#underWay = undefined;
      this.#flyingHead = undefined;
    }
    this.#flying = "";
    this.#wrote(bytes.length, head.sequence);
    this.#committed = head;
  }

  #wrote(bytes: number, sequence: number): void {
    const first = this.#writtenSequence + 1;
    if (bytes > 0 && first >= (this.#marks.at(-1)?.sequence ?? 0) + markEvery)
      this.#marks.push({ sequence: first, start: this.#writtenBytes });
    this.#writtenBytes += bytes;
    this.#writtenSequence = sequence;
  }

  #fail(fault: unknown): JournalFailed {
    this.#poison ??= new JournalFailed(this.path, fault);
    return this.#poison;
  }

  #hashAt(sequence: number): string | undefined {
    if (sequence === 0) return "";
    if (sequence > this.#committed.sequence) return undefined;
    for (const { line } of this.#linesFrom(sequence)) return hashOf(line);
    return undefined;
  }

  *#linesFrom(from: number): Generator<{ readonly sequence: number; readonly line: string }> {
    const mark = this.#marks.findLast(({ sequence }) => sequence <= from);
    let sequence = (mark?.sequence ?? 1) - 1;
    const descriptor = openSync(this.path, "r");
    try {
      for (const { text = "" } of readLines(descriptor, mark?.start ?? 0)) {
        sequence++;
        if (sequence >= from) yield { sequence, line: text };
      }
    } finally {
      closeSync(descriptor);
    }
  }
}
