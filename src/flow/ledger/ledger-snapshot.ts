import type { InstrumentId } from "../../words/ids.ts";
import type { Instrument } from "../../words/instrument.ts";
import type { Money } from "../../words/money.ts";
import type { CostMethod, MarginMode } from "../../words/order-words.ts";
import type { Quantity } from "../../words/quantity.ts";
import { newHolding, type Holding } from "./holding.ts";
import type { Entry } from "./posting.ts";

export type HoldingRecord = {
  readonly instrument: InstrumentId;
  readonly quantity: Quantity;
  readonly cost: Money;
  /** Unsigned, oldest first. */
  readonly lots: readonly { readonly quantity: Quantity; readonly cost: Money }[];
  readonly marginMode: MarginMode;
  readonly openedAt: Temporal.Instant;
  readonly realised: Money;
  readonly fees: Money;
  readonly funding: Money;
};

/** Everything the ledger's future depends on, as a plain record for the journal; holdings are in the order they were opened. */
export type LedgerSnapshot = {
  readonly costMethod: CostMethod;
  readonly balances: readonly Entry[];
  readonly holdings: readonly HoldingRecord[];
  readonly netBought: Money;
};

export const recordOf = (of: Holding): HoldingRecord => ({
  instrument: of.instrument.id,
  quantity: of.quantity,
  cost: of.cost,
  lots: of.lots.map(({ quantity, cost }) => ({ quantity, cost })),
  marginMode: of.marginMode,
  openedAt: of.openedAt,
  realised: of.realised,
  fees: of.fees,
  funding: of.funding,
});

export function holdingOf(record: HoldingRecord, instrument: Instrument): Holding {
  const holding = newHolding(instrument, record.marginMode, record.openedAt);
  holding.quantity = record.quantity;
  holding.cost = record.cost;
  for (const { quantity, cost } of record.lots) holding.lots.push({ quantity, cost });
  holding.realised = record.realised;
  holding.fees = record.fees;
  holding.funding = record.funding;
  return holding;
}
