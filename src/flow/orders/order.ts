import type { Brand } from "../../words/brand.ts";
import type { AccountId, ClientOrderId, CorrelationId, InstrumentId, IntentId } from "../../words/ids.ts";
import type { OrderType, Purpose, TimeInForce } from "../../words/order-words.ts";
import type { Price } from "../../words/price.ts";
import type { Quantity } from "../../words/quantity.ts";
import type { Rate } from "../../words/rate.ts";
import type { Side } from "../../words/side.ts";
import type { OrderLeg } from "./order-leg.ts";

/** Legs that the venue itself activates as the entry fills, one cancelling the other. */
export type Bracket = { readonly stopLoss?: Price; readonly takeProfit?: Price };

export type OrderTerms = {
  readonly id: ClientOrderId;
  readonly account: AccountId;
  readonly intent: IntentId;
  readonly correlation: CorrelationId;
  readonly instrument: InstrumentId;
  readonly side: Side;
  readonly purpose: Purpose;
  readonly type: OrderType;
  readonly quantity: Quantity;
  /** Limit and stop-limit orders; entries always carry one, since a market order leaves unpriced. */
  readonly limit?: Price | undefined;
  /** Trigger of stop and stop-limit orders. */
  readonly stop?: Price | undefined;
  /** Distance of a trailing stop, as a fraction of the best price since it was placed. */
  readonly trail?: Rate;
  readonly triggerBy: "last" | "mark";
  readonly timeInForce: TimeInForce;
  /** The venue itself shrinks or cancels it rather than let it open or turn a position. */
  readonly reduceOnly: boolean;
  /** Orders of one group: a full fill of one cancels the others, a part fill shrinks them. */
  readonly oco?: string | undefined;
  readonly bracket?: Bracket | undefined;
  /**
   * An order over several contracts: all legs of a unit trade together or none does. `instrument` is their underlying, `quantity` counts
   * units, `limit` is the net price of one, above zero to pay and below zero to receive, and the side is `buy`.
   */
  readonly legs?: readonly OrderLeg[] | undefined;
};

/** Only orders/ makes one, from an approved size or from the protection of a position: the one thing a venue accepts. */
export type Order = Brand<OrderTerms, "Order">;
