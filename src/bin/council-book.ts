import { renameSync, writeFileSync } from "node:fs";
import { z } from "zod";
import { configFromRecord } from "../config/config-from-record.ts";
import type { Loaded } from "../config/config.ts";
import { faultLine } from "../config/fault.ts";
import type { CouncilTrade } from "../journal/council-log.ts";
import type { Instrument } from "../words/instrument.ts";
import { Failed } from "./failed.ts";
import { journalEntries } from "./read-journal.ts";
import { isBegun, journalPath, lookedLastMs, marketFields, readMarketFile, seatOf, type Seat } from "./run-folder.ts";

/** Where the market of a simulated week comes from: all that the journals do not say themselves. */
const market = z.strictObject({ format: z.literal("countersign.council@1"), ...marketFields });
export type CouncilMarket = z.output<typeof market>;

/** A council's folder as it is on disk: its accounts with what their journals tell. */
export type CouncilBook = {
  readonly folder: string;
  readonly market: CouncilMarket;
  readonly loaded: Loaded;
  readonly seats: readonly Seat[];
};

export function openBook(folder: string): CouncilBook {
  if (!isBegun(folder))
    throw new Failed(2, `--dir ${folder}: there is no council in it; begin one with countersign council run --synthetic 20`);
  const council = seatIn(folder, "council");
  const read = configFromRecord(council.state.opening.settings);
  if (!read.ok) throw new Failed(1, read.error.map(faultLine));
  const { members } = read.value.config.council;
  const names = [members.one, members.two, members.three, members.four, members.five].flatMap(({ seated, name }) => (seated ? [name] : []));
  return {
    folder,
    market: readMarket(folder),
    loaded: read.value,
    seats: [council, ...[...names, "flat"].map((name) => seatIn(folder, name))],
  };
}

export const readMarket = (folder: string): CouncilMarket => readMarketFile(folder, market);

const seatIn = (folder: string, account: string): Seat => seatOf(account, [...journalEntries(journalPath(folder, account))]);

/** A trade that waits for a person, with what it is of. */
export type Pending = { readonly account: string; readonly trade: CouncilTrade; readonly instrument: Instrument };

export const pendingIn = ({ seats }: CouncilBook): readonly Pending[] =>
  seats.flatMap(({ account, state }) =>
    state.decisions.council.trades
      .filter(({ status }) => status === "pending")
      .map((trade) => ({ account, trade, instrument: state.instrument(trade.instrument) })),
  );

/** When the desk looked last, in any account: what a person says counts from then on. */
export const lookedMs = (seats: readonly Pick<Seat, "entries">[]): number => Math.max(...seats.map(lookedLastMs));

export function writeSeat(folder: string, account: string, lines: Iterable<string>): void {
  const path = journalPath(folder, account);
  const draft = `${path}.${process.pid}.tmp`;
  writeFileSync(draft, [...lines].join(""));
  renameSync(draft, path);
}
