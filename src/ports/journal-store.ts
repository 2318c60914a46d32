import type { Entry } from "../journal/entry.ts";
import type { Eventually } from "./eventually.ts";

/** Where a journal stands: `hash` chains every entry up to and including `sequence`; 0 and the empty hash before the first. */
export type JournalHead = { readonly sequence: number; readonly hash: string };

/**
 * An append-only list on some medium. `append` keeps order and may buffer; nothing appended counts as written before a
 * `commit` that covers it returns. An effect leaves only after such a commit.
 */
export interface JournalStore {
  append(entry: Entry): void;
  commit(): Eventually<void>;
  head(): JournalHead;
  entries(from?: number): Iterable<Entry>;
  close(): Eventually<void>;
}
