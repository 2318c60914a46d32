import type { VenueOrder } from "../../ports/venue.ts";
import type { ClientOrderId } from "../../words/ids.ts";
import { comboAsVenueOrder } from "./combo.ts";
import type { Exchange } from "./exchange.ts";
import { asVenueOrder, type Working } from "./working.ts";

/** An order as the venue's records show it. */
function shownOrder(exchange: Exchange, order: Working): VenueOrder {
  const { tick, lot } = exchange.assetAt(order.index).instrument;
  return asVenueOrder(order, tick, lot);
}

/** Any order that there ever was, by its id. */
export function foundOrder(exchange: Exchange, id: ClientOrderId): VenueOrder | undefined {
  const combo = exchange.comboOf.get(id);
  if (combo !== undefined) return comboAsVenueOrder(combo);
  const order = exchange.orders.get(id);
  return order === undefined ? exchange.rejected.get(id) : shownOrder(exchange, order);
}

/** Orders that rest, as the venue lists them. */
export const shownOrders = (exchange: Exchange, wanted: (order: Working) => boolean): readonly VenueOrder[] =>
  exchange.assets.flatMap((asset) => asset.orders.filter(wanted).map((order) => shownOrder(exchange, order)));
