import type { Instrument } from "../words/instrument.ts";
import type { Money } from "../words/money.ts";

/** Plain values only, so that the digest of a config is the digest of its text. */
export type ConfigRecord = Readonly<Record<string, string | number | boolean>>;

/** What opens a journal: everything that decisions depend on and that is not decided later. */
export type Opening = {
  readonly kind: "opened";
  readonly mode: "backtest" | "simulation" | "dry-run" | "paper" | "live";
  readonly venue: string;
  readonly seed: string;
  /** Names this journal inside every id made from it, so that two runs never share an order id. */
  readonly idSeed: string;
  readonly startCash: Money;
  readonly instruments: readonly Instrument[];
  readonly settings: ConfigRecord;
};
