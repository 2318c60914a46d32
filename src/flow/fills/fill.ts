import type { ClientOrderId, ExecutionId, InstrumentId } from "../../words/ids.ts";
import type { Money } from "../../words/money.ts";
import type { Price } from "../../words/price.ts";
import type { Quantity } from "../../words/quantity.ts";
import type { Side } from "../../words/side.ts";

/** One execution, as the venue confirmed it. */
export type Fill = {
  readonly execution: ExecutionId;
  /** Absent where the venue traded by itself: a liquidation, or an order that is not ours (EXTERNAL). */
  readonly order?: ClientOrderId | undefined;
  readonly instrument: InstrumentId;
  readonly side: Side;
  readonly quantity: Quantity;
  readonly price: Price;
  /** Positive when paid, negative for a maker's rebate. */
  readonly fee: Money;
  readonly liquidity: "maker" | "taker";
  /** `settlement`: an option came to its end, and this is what books make of it (settlement.ts). */
  readonly reason: "order" | "liquidation" | "settlement";
  readonly at: Temporal.Instant;
};
