import { bracketLegs } from "../flow/orders/bracket-legs.ts";
import type { OrderTerms } from "../flow/orders/order.ts";
import { finished, step, type OrderFact } from "../flow/orders/lifecycle.ts";
import type { OpenOrder } from "../flow/portfolio/standing.ts";
import type { ClientOrderId } from "../words/ids.ts";
import { invariant } from "../words/invariant.ts";
import type { OrderState } from "../words/order-words.ts";
import { quantityPlus, zeroQuantity, type Quantity } from "../words/quantity.ts";

/** Our own orders by id: each step comes from a fact through the life cycle table, and nothing is ever forgotten. */
export class OrderBook {
  readonly #states = new Map<ClientOrderId, OrderState>();
  readonly #open = new Map<ClientOrderId, OpenOrder>();
  /** Finished orders may still see a late fill, so they are kept. */
  readonly #retired = new Map<ClientOrderId, OpenOrder>();
  readonly #terms = new Map<ClientOrderId, OrderTerms>();
  readonly #filled = new Map<ClientOrderId, Quantity>();
  #list: readonly OpenOrder[] | undefined;

  plan(order: OrderTerms, at: Temporal.Instant, state: OrderState = "planned"): void {
    invariant(!this.#states.has(order.id), `order id ${order.id} is planned once`);
    this.#states.set(order.id, state);
    this.#terms.set(order.id, order);
    this.#open.set(order.id, {
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
      ...(order.limit === undefined ? {} : { limit: order.limit }),
      ...(order.stop === undefined ? {} : { stop: order.stop }),
      reduceOnly: order.reduceOnly,
      plannedAt: at,
    });
    this.#list = undefined;
  }

  /** Moves an order along its table; a step that the table lacks is our own bug. */
  learn(id: ClientOrderId, fact: OrderFact): void {
    const from = this.#states.get(id);
    invariant(from !== undefined, `order ${id} was planned before anything is learned of it`);
    const to = step(from, fact);
    invariant(to.ok, `order ${id} has no step ${fact} from ${from}`);
    this.#become(id, to.value);
  }

  /** `remaining` is the venue's word: it shrinks grouped orders as one of them fills, so an order may be over before its whole quantity. */
  fill(id: ClientOrderId, quantity: Quantity, remaining: Quantity, at: Temporal.Instant): void {
    const terms = this.#terms.get(id);
    invariant(terms !== undefined, `order ${id} was planned before it was filled`);
    const filled = quantityPlus(this.#filled.get(id) ?? zeroQuantity, quantity);
    this.#filled.set(id, filled);
    this.learn(id, remaining <= 0n || filled >= terms.quantity ? "filled" : "part_filled");
    for (const leg of bracketLegs(terms, filled)) this.#grow(leg, at);
  }

  /** A bracket's leg rests at the venue from the entry's first fill on, and grows with it. */
  #grow(leg: OrderTerms, at: Temporal.Instant): void {
    if (!this.#states.has(leg.id)) return this.plan(leg, at, "working");
    const open = this.#open.get(leg.id);
    if (open === undefined) return;
    this.#terms.set(leg.id, leg);
    this.#open.set(leg.id, { ...open, quantity: leg.quantity });
    this.#list = undefined;
  }

  #become(id: ClientOrderId, state: OrderState): void {
    this.#states.set(id, state);
    this.#list = undefined;
    if (finished(state)) {
      const open = this.#open.get(id);
      if (open !== undefined) this.#retired.set(id, open);
      this.#open.delete(id);
      return;
    }
    // A finished order that the venue says is alive after all comes back among the open ones.
    const before = this.#open.get(id) ?? this.#retired.get(id);
    invariant(before !== undefined, `order ${id} is open or retired`);
    this.#open.set(id, { ...before, state, filled: this.#filled.get(id) ?? zeroQuantity });
  }

  get open(): readonly OpenOrder[] {
    this.#list ??= [...this.#open.values()];
    return this.#list;
  }
  openOrder(id: ClientOrderId): OpenOrder | undefined {
    return this.#open.get(id);
  }
  knows(id: ClientOrderId): boolean {
    return this.#states.has(id);
  }
  state(id: ClientOrderId): OrderState | undefined {
    return this.#states.get(id);
  }
  terms(id: ClientOrderId): OrderTerms | undefined {
    return this.#terms.get(id);
  }
  filled(id: ClientOrderId): Quantity {
    return this.#filled.get(id) ?? zeroQuantity;
  }
}
