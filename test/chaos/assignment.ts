import type { PerpsSettings } from "../../src/desks/perps.ts";
import type { AssetHistory } from "../../src/flow/market/bars.ts";
import type { JournalHead } from "../../src/ports/journal-store.ts";
import type { HouseRules } from "../../src/runtime/turn.ts";
import type { BacktestPlan } from "../../src/lab/backtest.ts";
import type { Kill, Planted } from "./kill-points.ts";

/** What a process is told as it starts: who it is, where the market stands, and how it is to end. */
export type Assignment = {
  readonly path: string;
  readonly seed: string;
  /** Of this journal's processes, from 1. */
  readonly process: number;
  readonly histories: readonly AssetHistory[];
  readonly settings: Omit<PerpsSettings, "strategy">;
  readonly rules: HouseRules;
  readonly plan: Pick<BacktestPlan, "account" | "venue" | "record" | "digest">;
  /** The bar that the venue played last; absent before the first. */
  readonly market?: { readonly openMs: number; readonly closed: boolean };
  /** From here on it neither dies nor does its model want anything, so that the account comes to rest. */
  readonly calmMs: number;
  readonly kill?: Kill;
  /** The write of this number, counted from the start, finds the disk full. */
  readonly fullAtWrite?: number;
  readonly planted?: Planted;
};

/** What a process says to the world outside of it, besides what it asks of the venue. */
export type Said =
  | { readonly say: "call"; readonly method: string; readonly args: readonly unknown[] }
  | { readonly say: "begin" }
  /** A commit came back: these entries are promised to be on disk. */
  | { readonly say: "acknowledged"; readonly head: JournalHead }
  /** The disk has this much of the journal, whatever happens to the power. */
  | { readonly say: "synced"; readonly bytes: number }
  | { readonly say: "disk_full" }
  | { readonly say: "done"; readonly view: string };

export type Answered = { readonly value: unknown; readonly pending: boolean };
