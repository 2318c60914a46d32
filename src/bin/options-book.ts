import { mkdirSync, rmSync, statSync } from "node:fs";
import { basename, dirname } from "node:path";
import { z } from "zod";
import { FileJournal } from "../adapters/file-journal/file-journal.ts";
import { configFromRecord } from "../config/config-from-record.ts";
import type { Loaded } from "../config/config.ts";
import { faultLine } from "../config/fault.ts";
import type { Entry } from "../journal/entry.ts";
import { Failed } from "./failed.ts";
import { journalFailed } from "./read-journal.ts";
import { begin, isBegun, journalPath, marketFields, marketPath, readMarketFile, seatOf, type Seat } from "./run-folder.ts";

/** `kills` are throws of the kill switch that were planned when it began. */
const market = z.strictObject({
  format: z.literal("countersign.options@1"),
  ...marketFields,
  kills: z.array(z.strictObject({ fromMs: z.int(), level: z.enum(["none", "K1", "K2", "K3", "K4"]) })),
});
export type OptionsMarket = z.output<typeof market>;

/** A run of the options desk that goes on from command to command, as far as it has come; one without entries has not begun. */
export type OptionsBook = { readonly market: OptionsMarket; readonly loaded: Loaded; readonly seat: Seat };
export type HeldBook = OptionsBook & {
  /** Appends them for good: they are on disk when it returns. */
  readonly keep: (entries: Iterable<Entry>) => void;
};

const journalIn = (folder: string): string => journalPath(folder, "options");

export const optionsBegun = (folder: string): boolean =>
  isBegun(folder) && (statSync(journalIn(folder), { throwIfNoEntry: false })?.size ?? 0) > 0;

/** The folder of the run whose journal this is, which only that run may go on with. */
export function runFolderOf(journal: string): string | undefined {
  const folder = dirname(journal);
  return basename(journal) === basename(journalIn(folder)) && isBegun(folder) ? folder : undefined;
}

/** A journal as it was named, or the one of the run in that folder. */
export function queueJournal(where: string): string {
  if (statSync(where, { throwIfNoEntry: false })?.isDirectory() !== true) return where;
  checkBegun(where);
  return journalIn(where);
}

function checkBegun(folder: string): void {
  if (!optionsBegun(folder))
    throw new Failed(2, `${folder}: there is no run of the options desk in it; begin one with countersign options run --dir ${folder}`);
}

export async function beginOptions(folder: string, of: OptionsMarket, entries: Iterable<Entry>): Promise<void> {
  // Before anything is written: a folder of another desk is left as it is.
  if (isBegun(folder)) readMarketFile(folder, market);
  mkdirSync(folder, { recursive: true });
  await withJournal(folder, async (journal) => {
    if (journal.head().sequence > 0) throw new Failed(1, `--dir ${folder}: another command has begun a run there meanwhile`);
    // Left by one that was cut short before its first entry.
    rmSync(marketPath(folder), { force: true });
    begin(folder, of);
    keepIn(journal, entries);
  });
}

/** The run as it is on disk, and nobody else's until `work` is done. */
export async function withOptions<Result>(folder: string, work: (book: HeldBook) => Promise<Result>): Promise<Result> {
  checkBegun(folder);
  return withJournal(folder, async (journal) => {
    const entries = [...journal.entries()];
    if (entries.length === 0) throw new Failed(2, `${journal.path}: not one entry of it is whole; remove the folder and begin again`);
    const seat = seatOf("options", entries);
    const read = configFromRecord(seat.state.opening.settings);
    if (!read.ok) throw new Failed(1, read.error.map(faultLine));
    const keep = (added: Iterable<Entry>): void => keepIn(journal, added);
    return work({ market: readMarketFile(folder, market), loaded: read.value, seat, keep });
  });
}

async function withJournal<Result>(folder: string, work: (journal: FileJournal) => Promise<Result>): Promise<Result> {
  const opened = FileJournal.open(journalIn(folder));
  if (!opened.ok) throw journalFailed(opened.error);
  try {
    return await work(opened.value);
  } finally {
    await opened.value.close();
  }
}

function keepIn(journal: FileJournal, entries: Iterable<Entry>): void {
  for (const entry of entries) journal.append(entry);
  journal.commit();
}
