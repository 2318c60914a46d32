import { statSync } from "node:fs";
import { JournalUnreadable, faultLine } from "../adapters/file-journal/journal-fault.ts";
import { readEntries } from "../adapters/file-journal/read-entries.ts";
import { verifyJournalFile } from "../adapters/file-journal/walk-chain.ts";
import type { Entry } from "../journal/entry.ts";
import { Failed } from "./failed.ts";

/** The entries of a journal file whose whole chain holds; nothing is read from one that does not. */
export function* journalEntries(path: string): Generator<Entry> {
  if (statSync(path, { throwIfNoEntry: false }) === undefined) throw new Failed(2, `${path}: there is no such journal`);
  const verified = verifyJournalFile(path);
  if (!verified.ok) throw new Failed(1, faultLine(verified.error));
  try {
    yield* readEntries(path);
  } catch (fault) {
    if (fault instanceof JournalUnreadable) throw new Failed(1, fault.message);
    throw fault;
  }
}
