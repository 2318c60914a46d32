import { mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { FileJournal } from "../adapters/file-journal/file-journal.ts";
import { faultLine, JournalUnreadable } from "../adapters/file-journal/journal-fault.ts";
import type { JournalStore } from "../ports/journal-store.ts";
import { SpendLedger, type NotASpendLedger, type SpendSettings } from "../runtime/spend/spend-ledger.ts";
import type { Result } from "../words/result.ts";
import { Failed } from "./failed.ts";
import { journalFailed } from "./read-journal.ts";

/** Beside the store of imported history. */
export const spendLedgerPath = ".countersign/spend.journal";

export type OpenSpendLedger = { readonly ledger: SpendLedger; close(): Promise<void> };

/** The one ledger of this folder, made if it is not there. A second process that wants to write it is refused. */
export function openSpendLedger(path: string, settings: SpendSettings, now: Temporal.Instant): OpenSpendLedger {
  mkdirSync(dirname(path), { recursive: true });
  const opened = FileJournal.open(path);
  if (!opened.ok) throw opened.error.code === "locked" ? new Failed(1, faultLine(opened.error)) : journalFailed(opened.error);
  const file = opened.value;
  const ledger = ledgerOver(file, settings, now);
  if (ledger.ok) return { ledger: ledger.value, close: async () => file.close() };
  void file.close();
  throw new Failed(1, `${path}: ${ledger.error.what}`);
}

function ledgerOver(file: FileJournal, settings: SpendSettings, now: Temporal.Instant): Result<SpendLedger, NotASpendLedger> {
  // Calls that are reserved at the same time share one sync, and nobody waits for the disk with the event loop.
  const shared: JournalStore = {
    append: (entry) => file.append(entry),
    commit: () => file.commitSoon(),
    head: () => file.head(),
    entries: (from) => file.entries(from),
    close: () => file.close(),
  };
  try {
    return SpendLedger.open(shared, settings, now);
  } catch (fault) {
    void file.close();
    if (fault instanceof JournalUnreadable) throw journalFailed(fault.fault);
    throw fault;
  }
}
