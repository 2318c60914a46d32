import type { CorrelationId, InstrumentId, IntentId, ProposalId } from "../../words/ids.ts";
import type { Money } from "../../words/money.ts";
import type { Price } from "../../words/price.ts";
import type { Quantity } from "../../words/quantity.ts";
import type { Side } from "../../words/side.ts";

/** How much is wanted: a notional to trade, a quantity to trade, or nothing (only the protection changes). */
export type Wanted =
  | { readonly by: "notional"; readonly notional: Money }
  | { readonly by: "quantity"; readonly quantity: Quantity }
  | { readonly by: "protection" };

/** What is left after proposals are resolved: at most one per account and instrument. */
export type Intent = {
  readonly id: IntentId;
  readonly correlation: CorrelationId;
  readonly proposals: readonly ProposalId[];
  readonly instrument: InstrumentId;
  /** `enter` opens or adds; `reduce` and `close` only take away; `reprotect` moves stop and target. */
  readonly aim: "enter" | "reduce" | "close" | "reprotect";
  readonly side: Side;
  readonly wanted: Wanted;
  /** Protection the position shall have afterwards; absent keeps what it has. */
  readonly stopLoss?: Price | undefined;
  readonly takeProfit?: Price | undefined;
  readonly confidence: number;
};
