import type { Reservation } from "../flow/portfolio/standing.ts";
import type { IntentId, VenueOrderId } from "../words/ids.ts";
import { intentId } from "../words/ids.ts";
import { unreachable } from "../words/invariant.ts";
import type { Money } from "../words/money.ts";
import type { ExternalOrder, FactOf } from "./fact.ts";

const nothing: readonly never[] = [];

/** Facts that take exposure or give it back before an order stands for it. */
type Reserving = FactOf<"woke" | "resolved" | "passed" | "sized" | "sized_to_nothing" | "refused" | "declined" | "external_orders_seen">;

/** Exposure that is on its way without an order of ours: intents between rails and order, and what others have resting in the account. */
export class Reserved {
  /** A few at most, as the intents are. */
  #ours: readonly Reservation[] = nothing;
  /** Of the newest wake: a few, so that a list finds them sooner than a map would hash their names. */
  #intents: FactOf<"resolved">["intent"][] = [];
  #external: readonly Reservation[] = nothing;
  /** Orders at the venue that are not ours, as they were last seen. */
  externalOrders: readonly VenueOrderId[] = nothing;

  see(fact: Reserving): void {
    switch (fact.kind) {
      case "woke":
        this.#intents = [];
        return;
      case "resolved":
        this.#intents.push(fact.intent);
        return;
      case "passed":
        return this.#reserve(fact.intent, fact.notionalMax);
      case "sized":
        return this.#reserve(fact.intent, fact.notional);
      case "sized_to_nothing":
      case "refused":
      case "declined":
        return this.release(fact.intent);
      case "external_orders_seen":
        return this.#seen(fact.orders);
      default:
        return unreachable(fact);
    }
  }

  #reserve(intent: IntentId, notional: Money): void {
    const known = this.#intents.findLast(({ id }) => id === intent);
    if (known === undefined) return;
    const reserved = { intent, instrument: known.instrument, side: known.side, notional };
    const at = this.#ours.findIndex((ours) => ours.intent === intent);
    this.#ours = at < 0 ? [...this.#ours, reserved] : this.#ours.with(at, reserved);
  }

  release(intent: IntentId): void {
    if (this.#ours.length > 0) this.#ours = this.#ours.filter((ours) => ours.intent !== intent);
  }

  #seen(orders: readonly ExternalOrder[]): void {
    this.externalOrders = orders.map(({ venueOrder }) => venueOrder);
    this.#external = orders.map(({ venueOrder, instrument, side, notional }) => ({
      intent: intentId(`external.${venueOrder}`),
      instrument,
      side,
      notional,
    }));
  }

  get all(): readonly Reservation[] {
    return this.#external.length === 0 ? this.#ours : [...this.#ours, ...this.#external];
  }
}
