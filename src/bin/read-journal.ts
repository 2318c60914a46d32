import { JournalUnreadable, faultLine, type JournalFault } from "../adapters/file-journal/journal-fault.ts";
import { readEntries } from "../adapters/file-journal/read-entries.ts";
import { verifyJournalFile, type ChainEnd, type Link } from "../adapters/file-journal/walk-chain.ts";
import type { Entry } from "../journal/entry.ts";
import { err, type Result } from "../words/result.ts";
import { Failed } from "./failed.ts";

/** The entries of a journal file whose whole chain holds; nothing is read from one that does not. */
export function* journalEntries(path: string): Generator<Entry> {
  const verified = wholeJournal(path);
  if (!verified.ok) throw journalFailed(verified.error);
  try {
    yield* readEntries(path);
  } catch (fault) {
    if (fault instanceof JournalUnreadable) throw journalFailed(fault.fault);
    throw fault;
  }
}

/**
 * Verifies every entry, the last one too: to a reader, a file that ends within an entry is not the whole story. The process that
 * writes it may go on from there, which is why the journal itself does not call that broken.
 */
export function wholeJournal(path: string, each?: (link: Link) => void): Result<ChainEnd, JournalFault> {
  const walked = verifyJournalFile(path, each);
  if (!walked.ok || walked.value.torn === 0) return walked;
  const { torn, head } = walked.value;
  const { sequence } = head;
  const rest =
    sequence === 0
      ? "no entry before it is whole"
      : `the ${sequence} before it are whole: head -n ${sequence} keeps them, and a desk that starts on the file mends it`;
  return err({ code: "broken", path, sequence: sequence + 1, what: `it was cut short, ${torn} bytes of it are there; ${rest}` });
}

/** A file that is not as it was written has failed; one that is not there, or not a file, was named wrongly. */
export const journalFailed = (fault: JournalFault): Failed =>
  new Failed(fault.code === "broken" || fault.code === "not_a_journal" || fault.code === "empty" ? 1 : 2, faultLine(fault));
