import { isReduced, reducedBy } from "../flow/market/ex-dividend.ts";
import { bracketLegs } from "../flow/orders/bracket-legs.ts";
import type { OrderTerms } from "../flow/orders/order.ts";
import { unitsFilled } from "../flow/orders/order-leg.ts";
import { finished, step, type OrderFact } from "../flow/orders/lifecycle.ts";
import type { OpenOrder } from "../flow/portfolio/standing.ts";
import type { ClientOrderId, InstrumentId } from "../words/ids.ts";
import { missing } from "../words/invariant.ts";
import type { OrderState } from "../words/order-words.ts";
import type { Price } from "../words/price.ts";
import { opposed, quantityMinus, quantityPlus, zeroQuantity, type Quantity } from "../words/quantity.ts";

/** An order as it moves along: others see it as an `OpenOrder`. It changes in place, since every order takes four or five steps. */
type Tracked = { -readonly [Field in keyof OpenOrder]: OpenOrder[Field] } & {
  terms: OrderTerms;
  /** Of an order over several contracts: what was filled of each. */
  legs?: Map<InstrumentId, Quantity>;
};

/** Our own orders by id: each step comes from a fact through the life cycle table, and nothing is ever forgotten. */
export class OrderBook {
  /** Finished orders may still see a late fill, so they are kept. */
  readonly #orders = new Map<ClientOrderId, Tracked>();
  /** Legs that rest at the venue from their entry's first fill on: one may fill before that fill is told. */
  readonly #promised = new Map<ClientOrderId, OrderTerms>();
  /** Those that are open, in the order in which they were planned or came back; never changed in place. */
  #open: readonly Tracked[] = [];
  /** What is learned of an order comes in runs, and each look into a map of all orders would go through its name again. */
  #latest: Tracked | undefined;
  /** How many are UNKNOWN. */
  lost = 0;

  plan(order: OrderTerms, at: Temporal.Instant, state: OrderState = "planned"): void {
    const before = this.#orders.size;
    const tracked: Tracked = {
      terms: order,
      id: order.id,
      intent: order.intent,
      correlation: order.correlation,
      instrument: order.instrument,
      side: order.side,
      purpose: order.purpose,
      type: order.type,
      state,
      quantity: order.quantity,
      filled: zeroQuantity,
      limit: order.limit,
      stop: order.stop,
      reduceOnly: order.reduceOnly,
      plannedAt: at,
    };
    this.#orders.set(order.id, tracked);
    if (this.#orders.size === before) missing(`order id ${order.id} is planned once`);
    for (const leg of bracketLegs(order, order.quantity)) if (!this.#orders.has(leg.id)) this.#promised.set(leg.id, leg);
    this.#open = this.#open.length === 0 ? [tracked] : [...this.#open, tracked];
    this.#latest = tracked;
  }

  #of(id: ClientOrderId): Tracked | undefined {
    if (this.#latest?.id === id) return this.#latest;
    const order = this.#orders.get(id);
    if (order !== undefined) this.#latest = order;
    return order;
  }

  /** Moves an order along its table; a step that the table lacks is our own bug. */
  learn(id: ClientOrderId, fact: OrderFact): void {
    this.#learn(this.#of(id) ?? missing(`order ${id} was planned before anything is learned of it`), fact);
  }

  /** `remaining` is the venue's word: it shrinks grouped orders as one of them fills, so an order may be over before its whole quantity. */
  fill(id: ClientOrderId, quantity: Quantity, remaining: Quantity, at: Temporal.Instant, instrument?: InstrumentId): void {
    const promised = this.#promised.size === 0 ? undefined : this.#promised.get(id);
    if (promised !== undefined && !this.#orders.has(id)) this.plan(promised, at, "working");
    const order = this.#of(id) ?? missing(`order ${id} was planned before it was filled`);
    const { terms } = order;
    const filled = filledWith(order, instrument, quantity);
    order.filled = filled;
    // A leg is no whole order: what is left of the units says nothing before the last of them is told.
    const over = (remaining <= 0n && terms.legs === undefined) || filled >= terms.quantity;
    this.#learn(order, over ? "filled" : "part_filled");
    for (const leg of bracketLegs(terms, filled)) this.#grow(leg, at);
  }

  /** What was filled and taken back is not filled; an order that was over stays over, since venues do not put it back on the book. */
  bust(id: ClientOrderId, quantity: Quantity, instrument?: InstrumentId): void {
    const order = this.#orders.get(id) ?? missing(`order ${id} was planned before it was filled`);
    order.filled = filledWith(order, instrument, opposed(quantity));
  }

  /** The levels at which brokers keep what rested before the ex-date; what was sent stays as it was sent. */
  exDividend(instrument: InstrumentId, dividend: Price, tick: Price, at: Temporal.Instant): void {
    for (const order of this.#open) {
      if (order.instrument !== instrument || Temporal.Instant.compare(order.plannedAt, at) > 0) continue;
      if (!isReduced(order.side === "buy", order.type)) continue;
      if (order.limit !== undefined) order.limit = reducedBy(dividend, order.limit, tick);
      if (order.stop !== undefined) order.stop = reducedBy(dividend, order.stop, tick);
    }
  }

  /** A bracket's leg rests at the venue from the entry's first fill on, and grows with it. */
  #grow(leg: OrderTerms, at: Temporal.Instant): void {
    const order = this.#orders.get(leg.id);
    if (order === undefined) return this.plan(leg, at, "working");
    if (finished(order.state)) return;
    order.terms = leg;
    order.quantity = leg.quantity;
  }

  #learn(order: Tracked, fact: OrderFact): void {
    const { id, state: from } = order;
    const to = step(from, fact);
    const next = to.ok ? to.value : missing(`order ${id} has no step ${fact} from ${from}`);
    order.state = next;
    if (from === "lost") this.lost--;
    if (next === "lost") this.lost++;
    const over = finished(next);
    if (over === finished(from)) return;
    // A finished order that the venue says is alive after all comes back among the open ones.
    this.#open = over ? this.#open.filter((other) => other !== order) : [...this.#open, order];
  }

  get open(): readonly OpenOrder[] {
    return this.#open;
  }
  openOrder(id: ClientOrderId): OpenOrder | undefined {
    const order = this.#of(id);
    return order === undefined || finished(order.state) ? undefined : order;
  }
  knows(id: ClientOrderId): boolean {
    return this.#latest?.id === id || this.#orders.has(id) || this.#promised.has(id);
  }
  state(id: ClientOrderId): OrderState | undefined {
    return this.#of(id)?.state;
  }
  terms(id: ClientOrderId): OrderTerms | undefined {
    return this.#of(id)?.terms;
  }
  filled(id: ClientOrderId): Quantity {
    return this.#of(id)?.filled ?? zeroQuantity;
  }
  remaining(id: ClientOrderId): Quantity | undefined {
    const order = this.#of(id);
    return order === undefined ? undefined : quantityMinus(order.quantity, order.filled);
  }
}

/** What an order has filled with this: its quantity, or the whole units that all its legs make up. */
function filledWith(order: Tracked, instrument: InstrumentId | undefined, quantity: Quantity): Quantity {
  const { legs } = order.terms;
  if (legs === undefined || instrument === undefined) return quantityPlus(order.filled, quantity);
  const filled = (order.legs ??= new Map());
  filled.set(instrument, quantityPlus(filled.get(instrument) ?? zeroQuantity, quantity));
  return unitsFilled(legs, (leg) => filled.get(leg) ?? zeroQuantity);
}
