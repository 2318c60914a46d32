import type { OrderTerms } from "../../flow/orders/order.ts";
import { exactOne, multiplyExact, roundToStep } from "../../words/exact.ts";
import { invariant } from "../../words/invariant.ts";
import { priceOfTicks, priceOfUnits, ticksOfPrice, type Price } from "../../words/price.ts";
import { lotsOfQuantity } from "../../words/quantity.ts";
import type { Asset } from "./asset.ts";
import type { Exchange } from "./exchange.ts";
import type { Group, Working } from "./working.ts";

type When = {
  readonly decidedMs: number;
  readonly arrivesMs: number;
  readonly group: Group | undefined;
  readonly entry?: Working | undefined;
};

const ticksOrNone = (price: Price | undefined, tick: Price): number => (price === undefined ? Number.NaN : ticksOfPrice(price, tick));

/**
 * The trigger that trails `best` by the order's fraction, rounded to the tick toward the market so that the distance is never more
 * than was asked for, yet at least one tick away.
 */
function trailedFrom(order: Working, best: number, tick: Price): number {
  const { trail } = order.terms;
  invariant(trail !== undefined, "a trailing stop carries its distance");
  const price = priceOfTicks(best, tick);
  const kept = order.buying ? exactOne + trail : exactOne - trail;
  const level = roundToStep(multiplyExact(price, kept, order.buying ? "down" : "up"), tick, order.buying ? "down" : "up");
  const ticks = ticksOfPrice(priceOfUnits(level), tick);
  return order.buying ? Math.max(ticks, best + 1) : Math.min(ticks, best - 1);
}

/** Lets a trailing stop follow a price that is better than its best so far; it never moves back. */
export function trail(order: Working, ticks: number, tick: Price): void {
  // A path price may lie between two ticks: the worse one counts, so that no trigger rests on a price that was never reached.
  const reached = order.buying ? Math.ceil(ticks) : Math.floor(ticks);
  if (order.buying ? reached >= order.best : reached <= order.best) return;
  order.best = reached;
  order.trigger = trailedFrom(order, reached, tick);
}

/** Puts an order on the book. Its terms were checked before: here they only become ticks and lots. */
export function enlist(exchange: Exchange, asset: Asset, terms: OrderTerms, when: When): Working {
  const { tick, lot } = asset.instrument;
  const priced = terms.type === "limit" || terms.type === "stop_limit";
  const triggered = terms.type === "stop" || terms.type === "stop_limit";
  const order: Working = {
    terms,
    venueOrder: exchange.nextVenueOrder(),
    index: asset.index,
    buying: terms.side === "buy",
    decidedMs: when.decidedMs,
    arrivesMs: when.arrivesMs,
    fromEvent: asset.event + 1,
    limit: priced ? ticksOrNone(terms.limit, tick) : Number.NaN,
    trigger: triggered ? ticksOrNone(terms.stop, tick) : Number.NaN,
    best: terms.side === "buy" ? Number.POSITIVE_INFINITY : Number.NEGATIVE_INFINITY,
    lots: lotsOfQuantity(terms.quantity, lot),
    filled: 0,
    conditional: triggered || terms.type === "trailing_stop",
    restsFrom: Number.POSITIVE_INFINITY,
    state: "working",
    group: when.group,
    entry: when.entry,
    stopLeg: undefined,
    targetLeg: undefined,
  };
  if (terms.type === "trailing_stop") trail(order, terms.triggerBy === "mark" ? asset.markTicks : asset.last, tick);
  exchange.orders.set(terms.id, order);
  asset.orders = [...asset.orders, order];
  if (when.group !== undefined) when.group.members = [...when.group.members, order];
  return order;
}
