import type { OrderTerms } from "../../flow/orders/order.ts";
import type { VenueOrder } from "../../ports/venue.ts";
import type { VenueOrderId } from "../../words/ids.ts";
import type { OrderState } from "../../words/order-words.ts";
import { quantityTimes } from "../../words/quantity.ts";
import type { Asset } from "./asset.ts";

/** One leg's market, what a unit trades of it in lots (bought above zero), and the quote it had when the order was decided. */
export type ComboLeg = { readonly asset: Asset; readonly lots: number; readonly fromEvent: number };

/** An order over several contracts in the venue's own records: all legs of a unit trade together or none does. */
export type Combo = {
  readonly terms: OrderTerms;
  readonly venueOrder: VenueOrderId;
  readonly legs: readonly ComboLeg[];
  readonly arrivesMs: number;
  /** Whole units. */
  readonly units: number;
  filled: number;
  state: OrderState;
};

export const isOpen = ({ state }: Combo): boolean => state === "working" || state === "part_filled";

export function comboAsVenueOrder({ terms, venueOrder, state, units, filled }: Combo): VenueOrder {
  return {
    id: terms.id,
    venueOrder,
    instrument: terms.instrument,
    side: terms.side,
    state,
    quantity: terms.quantity,
    filled: quantityTimes(terms.quantity, filled, units),
    ...(terms.limit === undefined ? {} : { limit: terms.limit }),
    conditional: false,
  };
}
