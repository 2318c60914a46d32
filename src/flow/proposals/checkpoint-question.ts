import { formatExact } from "../../words/exact.ts";
import type { Price } from "../../words/price.ts";
import { councilQuestion, type Ask } from "./council-questions.ts";
import { checkpointSchema } from "./council-schemas.ts";
import { cell } from "./council-tables.ts";
import type { CouncilSymbol } from "./council-words.ts";
import type { Question } from "./question.ts";

/** A position, its pitch and what was measured since come in; the question of a checkpoint goes out (COUN-8). */

export type PeerSeen = {
  readonly member: string;
  readonly symbol: string;
  readonly direction: string;
  readonly conviction: number;
  readonly movedBps: number;
};

export type CheckpointSight = {
  readonly time: string;
  readonly symbol: CouncilSymbol;
  readonly direction: "LONG" | "SHORT";
  readonly conviction: number;
  readonly heldSessions: number;
  readonly horizon: string;
  readonly entry: Price;
  readonly price: Price;
  readonly pnlBps: number;
  readonly invalidation: string;
  readonly thesis: readonly string[];
  readonly indicators: Readonly<Record<string, number>>;
  readonly peers: readonly PeerSeen[];
};

/** Position, indicators and peers as they stand, and nothing of the world that was not known at the meeting (COUN-8). */
export const checkpointQuestion = (sight: CheckpointSight, ask: Ask): Question =>
  councilQuestion(
    "pm",
    ask,
    [
      "POSITION time,symbol,direction,conviction,held_sessions,horizon,entry_usd,price_usd,pnl_bps,invalidation",
      [
        sight.time,
        sight.symbol,
        sight.direction,
        sight.conviction,
        sight.heldSessions,
        sight.horizon,
        formatExact(sight.entry),
        formatExact(sight.price),
        sight.pnlBps,
        cell(sight.invalidation),
      ].join(","),
      "THESIS place,point",
      ...sight.thesis.map((line, at) => `${at + 1},${cell(line)}`),
      "MEASURES name,value",
      ...Object.entries(sight.indicators).map(([name, value]) => `${name},${value.toPrecision(5)}`),
      "PEERS member,symbol,direction,conviction,moved_bps",
      ...sight.peers.map(({ member, symbol, direction, conviction, movedBps }) =>
        [member, symbol, direction, conviction, movedBps].join(","),
      ),
    ],
    checkpointSchema,
    800,
  );
