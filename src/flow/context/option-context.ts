import type { Instrument, Option } from "../../words/instrument.ts";
import type { AssetSnapshot } from "../market/snapshot.ts";
import type { Position } from "../portfolio/position.ts";

/** One contract with the market around it: exactly what is known when an option is entered or left. */
export type OptionContext = {
  readonly now: Temporal.Instant;
  readonly minutesToClose: number;
  readonly contract: { readonly instrument: Option; readonly market: AssetSnapshot; readonly daysToExpiry: number };
  /** Absent while the underlying itself has no data; the contract still has. */
  readonly underlying?: { readonly instrument: Instrument; readonly market: AssetSnapshot };
  /** What is held of it, with the gain in percent of the premium on the bid. */
  readonly held?: { readonly position: Position; readonly pnlPct: number };
};
