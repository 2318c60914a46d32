import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { AccountState } from "../journal/account-state.ts";
import { encodeEntry } from "../journal/codec.ts";
import type { Entry } from "../journal/entry.ts";
import { accountId } from "../words/ids.ts";
import type { Window } from "./backtest-history.ts";
import { Failed } from "./failed.ts";

/**
 * A folder in which a run over history goes on from one command to the next. Its journals are the state; beside them stands where the
 * market comes from, which is all that they do not say themselves.
 */
export const marketFields = {
  data: z.string(),
  synthetic: z.int().optional(),
  fromMs: z.int().optional(),
  toMs: z.int().optional(),
};

/** The part of the store that such a market is made of. */
export const windowIn = ({ fromMs, toMs }: { readonly [Key in keyof Window]: Window[Key] | undefined }): Window => ({
  ...(fromMs === undefined ? {} : { fromMs }),
  ...(toMs === undefined ? {} : { toMs }),
});

export type Seat = { readonly account: string; readonly entries: readonly Entry[]; readonly state: AccountState };

export const journalPath = (folder: string, account: string): string => join(folder, `${account}.journal`);
export const marketPath = (folder: string): string => join(folder, "market.json");
export const isBegun = (folder: string): boolean => existsSync(marketPath(folder));

export function begin(folder: string, of: object): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(marketPath(folder), `${JSON.stringify(of, undefined, 2)}\n`, { flag: "wx" });
}

export function readMarketFile<Shape extends z.ZodType>(folder: string, shape: Shape): z.output<Shape> {
  const path = marketPath(folder);
  let json: unknown;
  try {
    json = JSON.parse(readFileSync(path, "utf8"));
  } catch (fault) {
    throw new Failed(1, `${path}: ${fault instanceof Error ? fault.message : String(fault)}`);
  }
  const read = shape.safeParse(json);
  if (read.success) return read.data;
  throw new Failed(1, `${path}: ${read.error.issues[0]?.path.join(".") ?? ""} ${read.error.issues[0]?.message ?? "another shape"}`);
}

export function seatOf(account: string, entries: readonly Entry[]): Seat {
  const state = new AccountState();
  for (const entry of entries) state.apply(entry);
  return { account: accountId(account), entries, state };
}

/** When the desk looked last; before the first look, long ago. */
export const lookedLastMs = ({ entries }: Pick<Seat, "entries">): number =>
  entries.findLast(({ fact }) => fact.kind === "scanned")?.at.epochMilliseconds ?? -Infinity;

/** The first entry on disk that a run played again does not write the same, in words; undefined where all come out again. */
export function notAgain({ account, entries }: Pick<Seat, "account" | "entries">, again: Iterable<Entry>): string | undefined {
  const played = again[Symbol.iterator]();
  for (const entry of entries) {
    const same = played.next();
    if (same.done !== true && encodeEntry(same.value) === encodeEntry(entry)) continue;
    return `${account}.journal: entry ${entry.sequence} does not come out again from this market; the data, or this version, is another`;
  }
  return undefined;
}

export const isOver = ({ entries }: Pick<Seat, "entries">): boolean => entries.at(-1)?.fact.kind === "closed";
