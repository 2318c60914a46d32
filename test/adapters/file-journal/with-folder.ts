import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll } from "vitest";
import { FileJournal } from "../../../src/adapters/file-journal/file-journal.ts";
import type { Disk } from "../../../src/adapters/file-journal/disk.ts";
import type { Entry } from "../../../src/journal/entry.ts";

/** A folder of the test file's own, gone afterwards, and fresh names within it. */
export function journalFolder(): { readonly fresh: () => string } {
  const folder = mkdtempSync(join(tmpdir(), "countersign-journal-"));
  afterAll(() => rmSync(folder, { recursive: true }));
  let made = 0;
  return { fresh: () => join(folder, `${++made}.journal`) };
}

export function opened(path: string, disk?: Disk): FileJournal {
  const journal = FileJournal.open(path, disk === undefined ? {} : { disk });
  if (!journal.ok) throw new Error(`${path} does not open: ${JSON.stringify(journal.error)}`);
  return journal.value;
}

export function written(path: string, entries: readonly Entry[]): void {
  const journal = opened(path);
  for (const entry of entries) journal.append(entry);
  void journal.close();
}
