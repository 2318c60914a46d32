import type { OrderTerms } from "../../flow/orders/order.ts";
import type { VenueOrder } from "../../ports/venue.ts";
import type { VenueOrderId } from "../../words/ids.ts";
import type { OrderState } from "../../words/order-words.ts";
import { priceOfTicks, type Price } from "../../words/price.ts";
import { quantityOfLots, type Quantity } from "../../words/quantity.ts";

/** Orders of which one's fill takes from the others. */
export type Group = { members: readonly Working[] };

/** One order in the venue's own records. Prices are ticks and quantities lots; a price that the order does not have is NaN. */
export type Working = {
  readonly terms: OrderTerms;
  readonly venueOrder: VenueOrderId;
  /** Of its instrument. */
  readonly index: number;
  readonly buying: boolean;
  readonly decidedMs: number;
  readonly arrivesMs: number;
  /** The first bar or quote that it may trade in, counted per instrument: the one after its decision. */
  fromEvent: number;
  limit: number;
  /** Moves with the best price when the order trails. */
  trigger: number;
  best: number;
  /** Shrinks with an OCO sibling's fills and grows with a bracket's entry. */
  lots: number;
  filled: number;
  /** Still waits for its trigger. */
  conditional: boolean;
  /** The bar or quote at which it met the market and was left in the book, a maker from then on; infinite before. */
  restsFrom: number;
  state: OrderState;
  group: Group | undefined;
  /** The entry that a bracket's leg protects. */
  readonly entry: Working | undefined;
  stopLeg: Working | undefined;
  targetLeg: Working | undefined;
};

export const isLive = (order: Working): boolean => order.state === "working" || order.state === "part_filled";

/** Whether it trades at a price of its own: a limit, or a stop-limit after its trigger. */
export const isPriced = (order: Working): boolean => order.terms.type === "limit" || order.terms.type === "stop_limit";

export const rests = (order: Working): boolean => order.restsFrom !== Number.POSITIVE_INFINITY;

/** Only these may act on the very bar in which they were placed, and only to their owner's loss. */
export const protects = (order: Working): boolean => order.terms.reduceOnly || order.terms.purpose !== "entry";

export const isImmediate = (order: Working): boolean => order.terms.timeInForce === "ioc" || order.terms.timeInForce === "fok";

/** Whether trading at `ticks` is at or past the trigger. */
export const passes = (order: Working, ticks: number): boolean => (order.buying ? ticks >= order.trigger : ticks <= order.trigger);

/** As `find` and the lists of orders show it. */
export function asVenueOrder(order: Working, tick: Price, lot: Quantity): VenueOrder {
  return {
    id: order.terms.id,
    venueOrder: order.venueOrder,
    instrument: order.terms.instrument,
    side: order.terms.side,
    state: order.state,
    quantity: quantityOfLots(order.lots, lot),
    filled: quantityOfLots(order.filled, lot),
    ...(Number.isNaN(order.limit) ? {} : { limit: priceOfTicks(order.limit, tick) }),
    ...(Number.isNaN(order.trigger) ? {} : { stop: priceOfTicks(order.trigger, tick) }),
    conditional: order.conditional,
  };
}
