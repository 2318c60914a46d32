import { JournalUnreadable, faultLine, type JournalFault } from "../adapters/file-journal/journal-fault.ts";
import { readEntries } from "../adapters/file-journal/read-entries.ts";
import { verifyJournalFile } from "../adapters/file-journal/walk-chain.ts";
import type { Entry } from "../journal/entry.ts";
import { Failed } from "./failed.ts";

/** The entries of a journal file whose whole chain holds; nothing is read from one that does not. */
export function* journalEntries(path: string): Generator<Entry> {
  const verified = verifyJournalFile(path);
  if (!verified.ok) throw failed(verified.error);
  try {
    yield* readEntries(path);
  } catch (fault) {
    if (fault instanceof JournalUnreadable) throw failed(fault.fault);
    throw fault;
  }
}

/** A file that is not as it was written has failed; one that is not there, or not a file, was named wrongly. */
const failed = (fault: JournalFault): Failed =>
  new Failed(fault.code === "broken" || fault.code === "not_a_journal" || fault.code === "empty" ? 1 : 2, faultLine(fault));
