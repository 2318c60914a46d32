import { closeSync, openSync, statSync } from "node:fs";
import { isTorn, readLine } from "../../journal/chain.ts";
import type { JournalHead } from "../../ports/journal-store.ts";
import { err, ok, type Result } from "../../words/result.ts";
import type { JournalFault } from "./journal-fault.ts";
import { readLines } from "./read-lines.ts";

/** One verified line: `end` is the byte after its newline. */
export type Link = { readonly sequence: number; readonly hash: string; readonly entryText: string; readonly end: number };

/**
 * How a file ended. `torn` is the number of bytes after `end` that a crash left of one entry being written; `unended` is true when
 * the last entry is whole but for its newline.
 */
export type ChainEnd = { readonly head: JournalHead; readonly end: number; readonly torn: number; readonly unended: boolean };

/** Verifies every line of an open journal, first to last, handing each to `each`; the first that is wrong ends it with a fault. */
export function walkChain(descriptor: number, path: string, each?: (link: Link) => void): Result<ChainEnd, JournalFault> {
  let sequence = 0;
  let hash = "";
  let end = 0;
  for (const line of readLines(descriptor, 0)) {
    const next = sequence + 1;
    if (line.text === undefined)
      return err({ code: "broken", path, sequence: next, what: `the line of entry ${next} holds bytes that are not UTF-8` });
    const read = readLine(line.text, hash, next);
    if (!read.ok) {
      if (!line.ended && isTorn(line.text, hash, next))
        return ok({ head: { sequence, hash }, end, torn: line.end - line.start, unended: false });
      if (sequence === 0 && !line.text.startsWith('{"hash":"')) return err({ code: "not_a_journal", path });
      return err({ code: "broken", path, sequence: next, what: read.error.what });
    }
    sequence = next;
    hash = read.value.hash;
    end = line.end;
    each?.({ sequence, hash, entryText: read.value.entryText, end });
    if (!line.ended) return ok({ head: { sequence, hash }, end, torn: 0, unended: true });
  }
  return ok({ head: { sequence, hash }, end, torn: 0, unended: false });
}

/** Opens a journal for reading only, or says plainly why not. */
export function openJournalFile(path: string): Result<number, JournalFault> {
  try {
    // Looked at before it is opened: opening a pipe would wait for somebody to write into it.
    const facts = statSync(path);
    if (!facts.isFile()) return err({ code: "not_a_file", path });
    if (facts.size === 0) return err({ code: "empty", path });
    return ok(openSync(path, "r"));
  } catch (fault) {
    if (isSystemFault(fault)) return err(openFault(path, fault));
    throw fault;
  }
}

/** Verifies a whole journal file without opening it for writing, so that one in use can be verified too. */
export function verifyJournalFile(path: string, each?: (link: Link) => void): Result<ChainEnd, JournalFault> {
  const opened = openJournalFile(path);
  if (!opened.ok) return opened;
  try {
    return walkChain(opened.value, path, each);
  } finally {
    closeSync(opened.value);
  }
}

export const isSystemFault = (fault: unknown): fault is NodeJS.ErrnoException =>
  fault instanceof Error && "code" in fault && "syscall" in fault;

export function openFault(path: string, fault: unknown): JournalFault {
  if (isSystemFault(fault) && fault.code === "ENOENT") return { code: "absent", path };
  if (isSystemFault(fault) && (fault.code === "EISDIR" || fault.code === "ENOTDIR")) return { code: "not_a_file", path };
  return { code: "unreadable", path, detail: fault instanceof Error ? fault.message : "the file cannot be opened" };
}
