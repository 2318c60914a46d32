import { closeSync } from "node:fs";
import { readLine } from "../../journal/chain.ts";
import { decodeEntry } from "../../journal/codec.ts";
import type { Entry } from "../../journal/entry.ts";
import { JournalUnreadable } from "./journal-fault.ts";
import { readLines } from "./read-lines.ts";
import { openJournalFile } from "./walk-chain.ts";

/**
 * The entries of a journal file in order, a chunk in memory at a time, each verified against the chain before it is handed out;
 * those below `from` are verified but not decoded. A torn last line is not an entry. Throws `JournalUnreadable` at the first fault.
 */
export function* readEntries(path: string, from = 1): Generator<Entry> {
  const opened = openJournalFile(path);
  if (!opened.ok) throw new JournalUnreadable(opened.error);
  const descriptor = opened.value;
  try {
    let sequence = 0;
    let hash = "";
    for (const line of readLines(descriptor, 0)) {
      const next = sequence + 1;
      const read = readLine(line.text ?? "", hash, next);
      if (!read.ok && !line.ended) return;
      if (!read.ok) throw new JournalUnreadable({ code: "broken", path, sequence: next, what: read.error.what });
      sequence = next;
      hash = read.value.hash;
      if (sequence >= from) yield decoded(path, sequence, read.value.entryText);
    }
  } finally {
    closeSync(descriptor);
  }
}

/** The chain holds but the text says nothing to this version: that too is a journal on which nothing runs. */
export function decoded(path: string, sequence: number, entryText: string): Entry {
  const entry = decodeEntry(entryText);
  if (!entry.ok)
    throw new JournalUnreadable({ code: "broken", path, sequence, what: `entry ${sequence} cannot be read: ${entry.error.what}` });
  return entry.value;
}
