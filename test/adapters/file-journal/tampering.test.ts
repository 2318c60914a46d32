import { readFileSync, writeFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { FileJournal } from "../../../src/adapters/file-journal/file-journal.ts";
import { verifyJournalFile } from "../../../src/adapters/file-journal/walk-chain.ts";
import { MemoryJournal } from "../../../src/journal/memory-store.ts";
import { sampleEntries } from "../../journal/arbitrary-fact.ts";
import { journalFolder, opened } from "./with-folder.ts";

const { fresh } = journalFolder();
const entries = sampleEntries(60, 7);
const memory = new MemoryJournal();
for (const entry of entries) memory.append(entry);
const lines = [...memory.lines()];
const whole = Buffer.from(lines.join(""));
const ends = lines.reduce<number[]>((sums, line) => [...sums, (sums.at(-1) ?? 0) + Buffer.byteLength(line)], []);

/** A fixed sequence, so that a failure can be repeated: numerical recipes' 32-bit generator. */
function drawing(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

const join = (of: readonly string[]): Buffer => Buffer.from(of.join(""));

const path = fresh();
function firstBad(bytes: Uint8Array): number | string {
  writeFileSync(path, bytes);
  const verified = verifyJournalFile(path);
  if (verified.ok) return `accepted with ${verified.value.head.sequence} entries, torn ${verified.value.torn}`;
  if (verified.error.code === "not_a_journal") return 1;
  return verified.error.code === "broken" ? verified.error.sequence : verified.error.code;
}

describe("a journal that somebody touched", () => {
  it("names the entry in which any single bit was flipped", () => {
    const draw = drawing(1);
    const places = [
      ...Array.from({ length: 1500 }, () => draw(whole.length)),
      ...ends.map((end) => end - 1),
      ...ends.map((end) => end - 2),
    ];
    for (const place of places) {
      const bytes = Buffer.from(whole);
      bytes[place]! ^= 1 << draw(8);
      expect([place, firstBad(bytes)]).toEqual([place, ends.findIndex((end) => place < end) + 1]);
    }
  });

  it("names the entry in which any single byte was replaced", () => {
    const draw = drawing(2);
    for (let round = 0; round < 1500; round++) {
      const bytes = Buffer.from(whole);
      const place = round % 20 === 0 ? whole.length - 1 : draw(whole.length);
      const byte = [10, 34, 0, 0xef, 0xc3, 0xf1, draw(256)][round % 7]!;
      if (bytes[place] === byte) continue;
      bytes[place] = byte;
      expect([place, byte, firstBad(bytes)]).toEqual([place, byte, ends.findIndex((end) => place < end) + 1]);
    }
  });

  it("names the first entry that is missing, inserted, repeated or out of order", () => {
    for (let at = 0; at < lines.length - 1; at++) {
      expect(firstBad(join(lines.toSpliced(at, 1)))).toBe(at + 1);
      expect(firstBad(join(lines.toSpliced(at + 1, 0, lines[at]!)))).toBe(at + 2);
      expect(firstBad(join(lines.toSpliced(at, 0, lines[(at + 7) % lines.length]!)))).toBe(
        (at + 7) % lines.length === at ? at + 2 : at + 1,
      );
      for (let other = at + 1; other < lines.length; other += 5)
        expect(firstBad(join(lines.with(at, lines[other]!).with(other, lines[at]!)))).toBe(at + 1);
    }
    expect(firstBad(join([...lines, "\n"]))).toBe(61);
    expect(firstBad(join([...lines, lines[59]!]))).toBe(61);
  });

  it("is not written to, and not let in by an entry of another chain", () => {
    const other = new MemoryJournal();
    for (const entry of sampleEntries(60, 8)) other.append(entry);
    const foreign = [...other.lines()];
    expect(firstBad(Buffer.from(lines.with(30, foreign[30]!).join("")))).toBe(31);
    const before = readFileSync(path);
    expect(FileJournal.open(path)).toMatchObject({ ok: false, error: { code: "broken", sequence: 31 } });
    expect(readFileSync(path).equals(before)).toBe(true);
  });
});

describe("a journal whose last write was cut short", () => {
  it("loses only the entry being written, at every byte of it, and goes on", () => {
    const start = ends.at(-2)!;
    for (let length = start; length <= whole.length; length++) {
      writeFileSync(path, whole.subarray(0, length));
      const journal = opened(path);
      const kept = length >= whole.length - 1 ? 60 : 59;
      const cut =
        length === whole.length || length === start
          ? undefined
          : length === whole.length - 1
            ? { sequence: 60, bytes: 0 }
            : { sequence: 60, bytes: length - start };
      expect([length, journal.recovered, journal.head().sequence]).toEqual([length, cut, kept]);
      for (const entry of entries.slice(kept)) journal.append(entry);
      void journal.close();
      expect(readFileSync(path).equals(whole)).toBe(true);
    }
  });

  it("starts over when even the first entry was cut", () => {
    writeFileSync(path, whole.subarray(0, 30));
    const journal = opened(path);
    expect(journal.recovered).toEqual({ sequence: 1, bytes: 30 });
    expect([...journal.entries()]).toEqual([]);
    void journal.close();
  });
});
