import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { chainHash, chainLine, isTorn, readLine } from "../../src/journal/chain.ts";
import { encodeEntry } from "../../src/journal/codec.ts";
import { MemoryJournal } from "../../src/journal/memory-store.ts";
import { sampleEntries } from "./arbitrary-fact.ts";

const entries = sampleEntries(40, 5);

describe("the hash chain", () => {
  it("is sha256 of the previous hash and the entry's text, so that anyone can check it with other tools", () => {
    const texts = entries.map(encodeEntry);
    const byHand = texts.reduce((previous, text) => createHash("sha256").update(previous).update(text).digest("hex"), "");
    expect(texts.reduce(chainHash, "")).toBe(byHand);
  });

  it.each([
    ["a later entry stands in its place", 2, /entry 1 is missing: entry 2 stands/],
    ["an earlier entry stands again", 1, /entry 1 stands again where entry 2/],
  ])("says so when %s", (_because, sequence, what) => {
    const [first, second] = entries;
    const line = chainLine(chainHash("", encodeEntry(first!)), encodeEntry(sequence === 1 ? first! : second!));
    expect(readLine(line, "", sequence === 1 ? 2 : 1)).toMatchObject({
      ok: false,
      error: { sequence: sequence === 1 ? 2 : 1, what: expect.stringMatching(what) as string },
    });
  });

  it("takes every beginning of a line for torn, and a whole line with something else than a newline behind it for damaged", () => {
    const line = chainLine(chainHash("", encodeEntry(entries[0]!)), encodeEntry(entries[0]!));
    for (let length = 1; length < line.length; length++) expect(isTorn(line.slice(0, length), "", 1)).toBe(true);
    expect(isTorn(`${line}x`, "", 1)).toBe(false);
    expect(isTorn("\0\0\0\0", "", 1)).toBe(false);
    expect(isTorn(line.slice(0, 120), "", 2)).toBe(false);
  });
});

const filled = (): MemoryJournal => {
  const journal = new MemoryJournal();
  for (const entry of entries) journal.append(entry);
  return journal;
};

describe("a journal in memory", () => {
  it("gives every head the hash that stood then, in whatever order they are asked for", () => {
    const journal = new MemoryJournal();
    const heads = [journal.head(), ...entries.map((entry) => (journal.append(entry), journal.head()))];
    const hashes = entries.reduce<string[]>((chain, entry) => [...chain, chainHash(chain.at(-1)!, encodeEntry(entry))], [""]);
    for (const index of [40, 3, 20, 0, 39, 40]) expect(heads[index]).toEqual({ sequence: index, hash: hashes[index] });
  });

  it("refuses a gap and a repeat, which are bugs of ours", () => {
    const journal = filled();
    expect(() => journal.append(entries[39]!)).toThrow(/no gaps and no repeats/);
    expect(() => journal.append({ ...entries[39]!, sequence: 42 })).toThrow(/no gaps and no repeats/);
    expect(journal.length).toBe(40);
  });

  it("hands back the very entries, from where it is asked", () => {
    expect([...filled().entries(38)]).toEqual(entries.slice(37));
    expect([...filled().entries(41)]).toEqual([]);
  });

  it("exports lines that the chain accepts", () => {
    let hash = "";
    for (const [index, line] of [...filled().lines()].entries()) {
      const read = readLine(line.slice(0, -1), hash, index + 1);
      expect(read.ok).toBe(true);
      hash = read.ok ? read.value.hash : "";
    }
    expect(hash).toBe(filled().head().hash);
  });
});
