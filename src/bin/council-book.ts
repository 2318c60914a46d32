import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { configFromRecord } from "../config/config-from-record.ts";
import type { Loaded } from "../config/config.ts";
import { faultLine } from "../config/fault.ts";
import { AccountState } from "../journal/account-state.ts";
import type { CouncilTrade } from "../journal/council-log.ts";
import type { Entry } from "../journal/entry.ts";
import { accountId } from "../words/ids.ts";
import { Failed } from "./failed.ts";
import { journalEntries } from "./read-journal.ts";
import { journalPath } from "./run-council.ts";

/** Where the market of a simulated week comes from: all that the journals do not say themselves. */
const market = z.strictObject({
  format: z.literal("countersign.council@1"),
  data: z.string(),
  synthetic: z.int().optional(),
  fromMs: z.int().optional(),
  toMs: z.int().optional(),
});
export type CouncilMarket = z.output<typeof market>;

export type Seat = { readonly account: string; readonly entries: readonly Entry[]; readonly state: AccountState };

/** A council's folder as it is on disk: its accounts with what their journals tell. */
export type CouncilBook = {
  readonly folder: string;
  readonly market: CouncilMarket;
  readonly loaded: Loaded;
  readonly seats: readonly Seat[];
};

const marketPath = (folder: string): string => join(folder, "market.json");
export const isBegun = (folder: string): boolean => existsSync(marketPath(folder));

export function begin(folder: string, of: CouncilMarket): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(marketPath(folder), `${JSON.stringify(of, undefined, 2)}\n`, { flag: "wx" });
}

export function openBook(folder: string): CouncilBook {
  if (!isBegun(folder))
    throw new Failed(2, `--dir ${folder}: there is no council in it; begin one with countersign council run --synthetic 20`);
  const council = seatOf(folder, "council");
  const read = configFromRecord(council.state.opening.settings);
  if (!read.ok) throw new Failed(1, read.error.map(faultLine));
  const { members } = read.value.config.council;
  const names = [members.one, members.two, members.three, members.four, members.five].flatMap(({ seated, name }) => (seated ? [name] : []));
  return {
    folder,
    market: readMarket(folder),
    loaded: read.value,
    seats: [council, ...[...names, "flat"].map((name) => seatOf(folder, name))],
  };
}

export function readMarket(folder: string): CouncilMarket {
  const path = marketPath(folder);
  let json: unknown;
  try {
    json = JSON.parse(readFileSync(path, "utf8"));
  } catch (fault) {
    throw new Failed(1, `${path}: ${fault instanceof Error ? fault.message : String(fault)}`);
  }
  const read = market.safeParse(json);
  if (read.success) return read.data;
  throw new Failed(1, `${path}: ${read.error.issues[0]?.path.join(".") ?? ""} ${read.error.issues[0]?.message ?? "another shape"}`);
}

function seatOf(folder: string, account: string): Seat {
  const entries = [...journalEntries(journalPath(folder, account))];
  const state = new AccountState();
  for (const entry of entries) state.apply(entry);
  return { account: accountId(account), entries, state };
}

export const pendingIn = ({ seats }: CouncilBook): readonly { readonly account: string; readonly trade: CouncilTrade }[] =>
  seats.flatMap(({ account, state }) =>
    state.decisions.council.trades.filter(({ status }) => status === "pending").map((trade) => ({ account, trade })),
  );

/** When the desk looked last, in any account: what a person says counts from then on. */
export const lookedMs = (seats: readonly Pick<Seat, "entries">[]): number =>
  Math.max(...seats.map(({ entries }) => entries.findLast(({ fact }) => fact.kind === "scanned")?.at.epochMilliseconds ?? -Infinity));

export function writeSeat(folder: string, account: string, lines: Iterable<string>): void {
  const path = journalPath(folder, account);
  const draft = `${path}.${process.pid}.tmp`;
  writeFileSync(draft, [...lines].join(""));
  renameSync(draft, path);
}
