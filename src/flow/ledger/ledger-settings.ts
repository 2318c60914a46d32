import type { InstrumentId } from "../../words/ids.ts";
import type { Instrument } from "../../words/instrument.ts";
import type { CostMethod, MarginMode } from "../../words/order-words.ts";

export type LedgerSettings = {
  readonly instruments: (id: InstrumentId) => Instrument;
  readonly costMethod: CostMethod;
  /** The mode a perpetual is opened in, cross where absent. A `margin_moved` makes its position isolated whatever is said here. */
  readonly marginMode?: (id: InstrumentId) => MarginMode;
};
